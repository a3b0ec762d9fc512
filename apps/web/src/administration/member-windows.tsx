import type { Member } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import { moderationApi } from '../api/moderation.js';
import { Form } from '../forms/form.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Dialog } from '../ui/dialog.js';
import { Select } from '../ui/select.js';
import { ConfirmDialog } from './confirm-dialog.js';

/** A window that a member's menu opens. */
export type MemberWindow = 'rename' | 'timeout' | 'kick' | 'ban';

export interface MemberWindowsProps {
  shown: MemberWindow;
  communityId: string;
  member: Member;
  onClose: () => void;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Seconds; null for good. */
const BANS = [DAY, 7 * DAY, 30 * DAY, null];
const TIMEOUTS = [60, 600, HOUR, DAY, 7 * DAY, 28 * DAY];

/** What is asked before something is done about a member. */
export function MemberWindows({ shown, communityId, member, onClose }: MemberWindowsProps) {
  const texts = administrationTexts.members;
  const client = useQueryClient();
  const [seconds, setSeconds] = useState<number | null>(shown === 'ban' ? null : HOUR);
  const { person, nickname } = member;
  const path = { id: communityId, user_id: person.id };
  const done = async () => {
    onClose();
    await Promise.all(
      ['members', 'member', 'bans'].map((key) => client.invalidateQueries({ queryKey: [key, communityId] })),
    );
  };
  const state = useForm(
    [],
    async (valueOf) => {
      if (shown === 'rename') {
        const typed = valueOf('nickname').trim();
        await moderationApi.rename({ ...path, nickname: typed === '' ? null : typed });
      } else if (shown === 'timeout') await moderationApi.timeOut({ ...path, seconds: seconds ?? HOUR });
      else await moderationApi.ban({ ...path, reason: valueOf('reason').trim(), expires_in: seconds });
      await done();
    },
    ['nickname', 'reason'],
  );
  const name = nickname ?? person.display_name ?? person.user_name;
  const { title, lead, submit } = texts.windows[shown];
  if (shown === 'kick') {
    const kick = async () => {
      await moderationApi.kick(path);
      await done();
    };
    return (
      <ConfirmDialog title={title(name)} lead={lead} submit={submit} onConfirm={kick} onClose={onClose} />
    );
  }
  return (
    <Dialog title={title(name)} description={lead} open onOpenChange={(open) => !open && onClose()}>
      <Form
        state={state}
        submit={submit}
        busy={administrationTexts.saving}
        size="medium"
        look={shown === 'ban' ? 'danger' : 'primary'}
      >
        {shown === 'rename' && (
          <TextField
            name="nickname"
            label={texts.nickname}
            hint={texts.nicknameHint}
            defaultValue={nickname ?? ''}
            problem={state.problem}
            autoComplete="off"
          />
        )}
        {shown !== 'rename' && (
          <Select
            label={texts.howLong}
            icon={<Clock size={17} />}
            options={(shown === 'ban' ? BANS : TIMEOUTS).map((span) => ({
              value: String(span),
              label: texts.span(span),
            }))}
            value={String(seconds)}
            onChange={(value) => setSeconds(value === 'null' ? null : Number(value))}
            placeholder={texts.howLong}
          />
        )}
        {shown === 'ban' && (
          <TextField
            name="reason"
            label={texts.reason}
            hint={texts.reasonHint}
            problem={state.problem}
            autoComplete="off"
          />
        )}
      </Form>
    </Dialog>
  );
}
