/** A page of the Airflow 2 web server, as wrong paths and crashes get it. */
export function v1Page(title: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head><title>${title}</title><link rel="icon" type="image/png" href="/static/pin_32.png"></head>
  <body><div style="font-family: verdana; text-align: center; margin-top: 200px;"><h1>${title}</h1></div></body>
</html>
`;
}
