import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorPanel } from '../feedback';
import { Dialog } from '../layout';
import styles from './alerts.module.css';

interface Ask {
  /** Stable name of the button; the dialog's parts are named after it. */
  kind: string;
  /** The verb on the buttons. */
  deed: string;
  alerts: readonly Alert[];
  /** What will happen. */
  says: string;
  /** What is asked for, and how many letters at least. */
  field: { label: string; least: number };
  onConfirm: (text: string) => Promise<void>;
}

/** A button that says what it will do to how many alerts, and asks first. */
export function ActionDialog(props: Ask & { mayDo: boolean }) {
  const { mayDo, ...ask } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button
        variant="secondary"
        isDisabled={!mayDo || ask.alerts.length === 0}
        data-kind={ask.kind}
      >
        {ask.deed}
      </Button>
      <Dialog width={560} data-kind={`${ask.kind}-dialog`}>
        <Form {...ask} onDone={() => setIsOpen(false)} />
      </Dialog>
    </DialogTrigger>
  );
}

const NAMED = 5;

function Form(props: Ask & { onDone: () => void }) {
  const { kind, deed, alerts, says, field, onConfirm, onDone } = props;
  const [text, setText] = useState('');
  const confirm = useMutation({
    mutationFn: () => onConfirm(text.trim()),
    onSuccess: onDone,
  });
  const count = alerts.length;
  return (
    <>
      <DialogHeader>
        {`${deed} ${count} ${count === 1 ? 'alert' : 'alerts'}`}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <ul className={styles.titles}>
            {alerts.slice(0, NAMED).map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
            {count > NAMED && <li>and {count - NAMED} more</li>}
          </ul>
          <Text>{says}</Text>
          <TextAreaField
            label={field.label}
            value={text}
            onChange={setText}
            rows={3}
            maxLength={1000}
            isRequired={field.least > 0}
            data-kind={`${kind}-text`}
          />
          {confirm.error && (
            <ErrorPanel title={`${deed} did not work`} error={confirm.error} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          isPending={confirm.isPending}
          isDisabled={text.trim().length < field.least}
          onPress={() => confirm.mutate()}
          data-kind={`${kind}-submit`}
        >
          {deed}
        </Button>
      </DialogFooter>
    </>
  );
}
