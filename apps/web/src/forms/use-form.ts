import { useRef, useState, type RefObject, type SyntheticEvent } from 'react';
import { ProblemError } from '../api/problem-error.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { problemText } from '../workspace/problem-text.js';

type FieldName = keyof typeof workspaceTexts.problem.missing;

export interface FormProblem {
  /** Undefined when it is about the whole. */
  field: string | undefined;
  text: string;
}

export interface FormState {
  form: RefObject<HTMLFormElement | null>;
  problem: FormProblem | undefined;
  /** Whether it is on its way. */
  busy: boolean;
  onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
}

/**
 * A form whose fields must be filled in, but for the optional ones. What is wrong, here or by the server's word, is said at its field, which gets
 * the focus.
 *
 * @param send Gets what stands in each field.
 */
export function useForm<Name extends FieldName, Optional extends string = never>(
  names: readonly Name[],
  send: (valueOf: (name: Name | Optional) => string) => Promise<void>,
  optional: readonly Optional[] = [],
): FormState {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<FormProblem | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  const show = (found: FormProblem) => {
    setProblem(found);
    const field = found.field ?? names[0];
    form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
  };
  const submit = async (valueOf: (name: Name | Optional) => string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send(valueOf);
    } catch (error) {
      const field = error instanceof ProblemError ? error.field : undefined;
      show({ field: [...names, ...optional].find((name) => name === field), text: problemText(error) });
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const data = new FormData(event.currentTarget);
    const valueOf = (name: Name | Optional) => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    const missing = names.find((name) => valueOf(name).trim() === '');
    if (missing === undefined) void submit(valueOf);
    else show({ field: missing, text: workspaceTexts.problem.missing[missing] });
  };
  return { form, problem, busy, onSubmit };
}
