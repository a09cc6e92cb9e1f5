const stringsAndBareNumbers =
  /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g;

/**
 * Reads JSON as Airflow writes it: Python puts bare `NaN` and `Infinity` into conf and params, which read as null.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const repaired = text.replace(stringsAndBareNumbers, found =>
      found.startsWith('"') ? found : 'null',
    );
    if (repaired === text) throw error;
    return JSON.parse(repaired);
  }
}
