import { marked, type Token } from 'marked';

/** The words of a Markdown text without its signs, a line for each block, as an excerpt of it shall read. */
export function plainText(markdown: string): string {
  return linesOf(marked.lexer(markdown)).join('\n');
}

function linesOf(blocks: readonly Token[]): string[] {
  return blocks
    .flatMap(block => {
      switch (block.type) {
        case 'list':
          return block.items.flatMap((item: Token) => linesOf(within(item)));
        case 'blockquote':
          return linesOf(within(block));
        case 'table':
          return [block.header, ...block.rows].map((cells: Token[]) =>
            cells.map(cell => wordsOf(within(cell))).join(' '),
          );
        case 'space':
        case 'hr':
        case 'def':
          return [];
        default:
          return wordsOf([block]).split('\n');
      }
    })
    .filter(line => line.trim() !== '');
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(token => {
      if (token.type === 'br') return '\n';
      if (token.type === 'html') return token.raw.replace(/<[^>]*>/g, '');
      const inner = within(token);
      if (inner.length > 0) return wordsOf(inner);
      return 'text' in token ? token.text : token.raw;
    })
    .join('');
}

function within(token: Token): readonly Token[] {
  return ('tokens' in token && token.tokens) || [];
}
