import {
  Button,
  DialogBody,
  DialogFooter,
  Flex,
  TextAreaField,
} from '@backstage/ui';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useClusters } from '../../../data/useClusters';
import { GoneProvider } from '../../../data/useGone';
import { ErrorPanel, useNotify, type Shown } from '../../../ui/feedback';
import {
  askingFor,
  isEnough,
  type ActionName,
  type Asking,
  type Environment,
} from './reasons';

/** Does it, and returns what to say of it; null where the page shows it. */
type Act = (reason: string | undefined) => Promise<Shown | null>;

/** How the reason is asked for. */
interface ReasonField {
  label: string;
  /** Where it is kept. */
  kept: string;
  maxLength: number;
}

const usualField: ReasonField = {
  label: 'Reason',
  kept: 'Kept in the audit log, and shown with what was done',
  maxLength: 1000,
};

/** What is asked before something is done. */
export interface ActionQuestion {
  /** The dialog's parts are named after it. */
  action: ActionName;
  /** Where it is done. */
  clusters: readonly string[];
  /** On the button. */
  verb: string;
  isDangerous?: boolean;
  /** False while there is nothing to do, or not yet. */
  isReady?: boolean;
  reasonField?: Partial<ReasonField>;
  onConfirm: Act;
  /** What can be done in its place, if anything. */
  instead?: { verb: string; kind: string; onConfirm: Act };
  onClose: () => void;
  /** What will be done. */
  children: ReactNode;
}

/** Says what will be done, asks why, does it and says how it went. */
export function ActionForm(props: ActionQuestion) {
  const { action, verb, isDangerous, isReady = true, instead } = props;
  const [reason, setReason] = useState('');
  const notify = useNotify();
  const asking = askingFor(action, useEnvironments(props.clusters));
  const act = useMutation({
    mutationFn: (confirmed: Act) => confirmed(reason.trim() || undefined),
    onSuccess: notice => notice && notify(notice),
  });
  const confirm = (confirmed: Act) =>
    // Not where the reader has closed it meanwhile, and maybe opened another one.
    act.mutate(confirmed, { onSuccess: props.onClose });
  const isAllowed = isEnough(asking, reason);
  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="3">
          {props.children}
          {asking.isAsked && (
            <Reason
              kind={`${action}-reason`}
              asking={asking}
              field={{ ...usualField, ...props.reasonField }}
              value={reason}
              onChange={setReason}
            />
          )}
          {act.error && (
            // What Airflow says of an action is told as it is, also where its page is of something gone.
            <GoneProvider value={undefined}>
              <ErrorPanel title={`${verb} did not work`} error={act.error} />
            </GoneProvider>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        {instead && (
          <Button
            variant="secondary"
            isDisabled={act.isPending || !isAllowed}
            onPress={() => confirm(instead.onConfirm)}
            data-kind={instead.kind}
          >
            {instead.verb}
          </Button>
        )}
        <Button
          variant="primary"
          destructive={isDangerous}
          isPending={act.isPending}
          isDisabled={!isReady || !isAllowed}
          onPress={() => confirm(props.onConfirm)}
          data-kind={`${action}-submit`}
        >
          {verb}
        </Button>
      </DialogFooter>
    </>
  );
}

function Reason(props: {
  kind: string;
  asking: Asking;
  field: ReasonField;
  value: string;
  onChange: (value: string) => void;
}) {
  const { kind, field, value, onChange } = props;
  const { neededBecause } = props.asking;
  return (
    <TextAreaField
      label={field.label}
      description={[neededBecause, field.kept].filter(Boolean).join(' ')}
      value={value}
      onChange={onChange}
      rows={2}
      maxLength={field.maxLength}
      isRequired={neededBecause !== null}
      data-kind={kind}
    />
  );
}

function useEnvironments(clusters: readonly string[]): Environment[] {
  const { data } = useClusters();
  return clusters.map(
    cluster => data?.items.find(({ name }) => name === cluster)?.environment,
  );
}
