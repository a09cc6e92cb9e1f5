import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import { useClusterOf } from '../../../hooks/useClusters';
import type { DagName } from '../../../hooks/useDag';
import { GoneProvider } from '../../../hooks/useGone';
import { useTell } from '../../../hooks/useTell';
import { ErrorPanel } from '../../feedback';
import { Dialog } from '../../layout';

/** Fewer letters are no reason. */
const LEAST_REASON = 3;

/**
 * Says what will be done to what, asks why, does it and says how it went. In production the reason is needed.
 */
export function DeedDialog(props: {
  /** Stable name; the dialog's parts are named after it. */
  kind: string;
  /** What it is done to. */
  name: DagName;
  title: string;
  /** On the button. */
  verb: string;
  isDangerous?: boolean;
  /** False while there is nothing to do, or not yet. */
  isReady?: boolean;
  /** False for what explains itself. */
  asksWhy?: boolean;
  isPending: boolean;
  error: Error | null;
  /** @returns what was done, in words */
  onConfirm: (reason: string | undefined) => Promise<string>;
  onClose: () => void;
  children: ReactNode;
}) {
  const { kind, name, title, verb, isReady = true, asksWhy = true } = props;
  const { isPending, error, onConfirm, onClose } = props;
  const [reason, setReason] = useState('');
  const tell = useTell();
  const cluster = useClusterOf(name);
  const needsReason = asksWhy && cluster?.environment === 'production';
  const confirm = async () => {
    tell({
      title: await onConfirm(reason.trim() || undefined),
      description: name.dagId,
      status: 'success',
    });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width={640}
      data-kind={`${kind}-dialog`}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          {props.children}
          {asksWhy && (
            <TextAreaField
              label="Reason"
              description={
                needsReason
                  ? 'This is production. Kept in the audit log, and shown with what was done'
                  : 'Kept in the audit log, and shown with what was done'
              }
              value={reason}
              onChange={setReason}
              rows={2}
              maxLength={1000}
              isRequired={needsReason}
              data-kind={`${kind}-reason`}
            />
          )}
          {error && (
            // What Airflow says of a deed is told as it is, also where its page is of something gone.
            <GoneProvider value={undefined}>
              <ErrorPanel title={`${verb} did not work`} error={error} />
            </GoneProvider>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          destructive={props.isDangerous}
          isPending={isPending}
          isDisabled={
            !isReady || (needsReason && reason.trim().length < LEAST_REASON)
          }
          onPress={() => confirm().catch(() => undefined)}
          data-kind={`${kind}-submit`}
        >
          {verb}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** A sentence of a dialog. */
export function Says(props: { children: ReactNode }) {
  return <Text as="p">{props.children}</Text>;
}
