import {
  itemsOf,
  membersOf,
  shownText,
  unsendableIn,
  type DagParam,
  type JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Reads what somebody typed as conf, which stays as it is typed; nothing typed is an empty conf. */
export function readConf(text: string): { conf: JsonText } | { error: string } {
  const conf = text.trim();
  if (conf === '') return { conf: '{}' };
  const found = unsendableIn(conf);
  if (found && found.path.length > 0) {
    return { error: `${found.path.join('.')} ${found.why}` };
  }
  try {
    JSON.parse(conf);
  } catch (error) {
    return {
      error: `This is not JSON: ${error instanceof Error ? error.message : ''}`,
    };
  }
  return conf.startsWith('{')
    ? { conf }
    : { error: 'The configuration must be a JSON object: { "name": value }' };
}

/** The type of a param in words, from its JSON schema: `string`, `integer, null`, `one of a, b`. */
export function paramType({ schema }: DagParam): string {
  const members = membersOf(schema);
  const choices = members.get('enum');
  if (choices) return `one of ${itemsOf(choices).map(shownText).join(', ')}`;
  const type = members.get('type') ?? '';
  const types = type.startsWith('[') ? itemsOf(type) : [type];
  return types.filter(Boolean).map(shownText).join(', ') || 'any';
}
