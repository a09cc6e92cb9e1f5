import python from 'highlight.js/lib/languages/python';
import { createLowlight } from 'lowlight';

/** Some characters of one line, and what they are in Python: `keyword`, `string`, …; null for all else. */
export interface Piece {
  text: string;
  kind: string | null;
}

const lowlight = createLowlight({ python });
type Nodes = ReturnType<typeof lowlight.highlight>['children'];

/** Python as lines of pieces, for code that is drawn line by line. */
export function highlightPython(code: string): Piece[][] {
  const lines: Piece[][] = [[]];
  const put = (nodes: Nodes, kind: string | null) => {
    for (const node of nodes) {
      if (node.type === 'element') {
        put(node.children, kindOf(node.properties.className) ?? kind);
      } else if (node.type === 'text') {
        const [first, ...rest] = node.value.split('\n');
        lines[lines.length - 1].push({ text: first, kind });
        for (const text of rest) lines.push([{ text, kind }]);
      }
    }
  };
  put(lowlight.highlight('python', code).children, null);
  return lines.map(line => line.filter(({ text }) => text !== ''));
}

/** `hljs-title function_` is a title. */
function kindOf(classes: unknown): string | null {
  const [name] = Array.isArray(classes) ? classes : [];
  return typeof name === 'string' ? name.replace(/^hljs-/, '') : null;
}
