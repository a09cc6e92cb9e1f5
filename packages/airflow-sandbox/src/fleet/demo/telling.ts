import type { TaskDefinition } from '../types';

/** What a task may tell about itself: XComs of several kinds, a filled-in template, links. */
export const TELLING: Pick<TaskDefinition, 'xcoms' | 'links' | 'rendered'> = {
  xcoms: {
    statistics: { count: 12, mean: NaN, total: 9_007_199_254_740_991 },
    's3://bucket/key.json': { rows: 12 },
    '50% of #1?': 'half',
    'größe/日': 'wide',
    'a+b;c=d&e': 'joined',
    '{"of": "orders"}': 'told',
    '..': 'up',
    report: 'Rows were read.\nNone was rejected.',
    everything: Array.from({ length: 20_000 }, (_, i) => ({ row: i })),
  },
  links: {
    'Query history': 'https://warehouse.example/queries/4711',
    'Local file': 'file:///etc/passwd',
  },
  rendered: {
    sql: "SELECT *\nFROM orders\nWHERE day = '2026-11-24'",
    op_args: [],
    op_kwargs: { day: '2026-11-24', shops: ['berlin', 'lima'] },
    templates_dict: null,
  },
};
