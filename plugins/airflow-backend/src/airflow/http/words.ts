import { z } from 'zod';

/** What the types that an answer is held to are called. */
const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What is wrong with a part of an answer, for a person, in place of what a library would say. */
function wordsOf(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'missing';
  if (issue.code === 'invalid_type') {
    return `not ${kinds[issue.expected] ?? 'what it should be'}`;
  }
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'empty' : 'too small';
  return issue.code === 'too_big' ? 'too large' : 'not what it should be';
}

/** To be given along where something of a cluster is checked. */
export const inWords = { error: wordsOf };
