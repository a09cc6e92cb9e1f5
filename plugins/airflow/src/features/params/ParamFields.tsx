import { Flex, Text } from '@backstage/ui';
import { ParamField } from './ParamField';
import styles from './params.module.css';
import type { ParamValues } from './useParamValues';

/** A field for each param, under the headings that their author gave. */
export function ParamFields({ values }: { values: ParamValues }) {
  const sections = [...new Set(values.fields.map(({ section }) => section))];
  return (
    <>
      {sections.map(section => {
        const own = values.fields.filter(field => field.section === section);
        const fields = own.map(field => (
          <ParamField
            key={field.name}
            field={field}
            draft={values.draftOf(field)}
            error={values.errorOf(field)}
            onChange={draft => values.set(field, draft)}
          />
        ));
        return section === null ? (
          <Flex key="" direction="column" gap="3">
            {fields}
          </Flex>
        ) : (
          <fieldset key={section} className={styles.section}>
            <legend>
              <Text weight="bold">{section}</Text>
            </legend>
            <Flex direction="column" gap="3">
              {fields}
            </Flex>
          </fieldset>
        );
      })}
    </>
  );
}
