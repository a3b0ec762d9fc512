import type { Profile, ProfileChange } from '@parley/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import { peopleApi } from '../api/people.js';
import { TextField } from '../forms/text-field.js';
import { presenceTexts } from '../texts/presence/presence-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Select } from '../ui/select.js';
import { problemText } from '../workspace/problem-text.js';
import { profileQuery } from './presence-queries.js';
import styles from './status-dialog.module.css';
import { secondsUntil, STATUS_ENDS, type StatusEnd } from './status-end.js';

export interface StatusDialogProps {
  profile: Profile;
  onClose: () => void;
}

/** What one is up to, for others to see. */
export function StatusDialog({ profile, onClose }: StatusDialogProps) {
  const client = useQueryClient();
  const [text, setText] = useState(profile.status?.text ?? '');
  const [emoji, setEmoji] = useState(profile.status?.emoji ?? null);
  const [end, setEnd] = useState<StatusEnd>('today');
  const texts = presenceTexts.status;
  const save = useMutation({
    mutationFn: (status: ProfileChange['status']) => peopleApi.change({ status }),
    onSuccess: (changed) => {
      client.setQueryData(profileQuery.queryKey, changed);
      onClose();
    },
  });
  const isEmpty = text.trim() === '' && emoji === null;
  const emojis = texts.examples.map((example) => example.emoji);
  const offered = emoji === null || emojis.includes(emoji) ? emojis : [emoji, ...emojis];
  return (
    <Dialog title={texts.title} description={texts.lead} open onOpenChange={(open) => !open && onClose()}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          const expires_in = secondsUntil(end, new Date());
          save.mutate(isEmpty ? null : { text: text.trim() === '' ? null : text.trim(), emoji, expires_in });
        }}
      >
        <div className={styles.emojis} role="group" aria-label={texts.emoji}>
          {offered.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.emoji}
              aria-pressed={one === emoji}
              onClick={() => setEmoji(one === emoji ? null : one)}
            >
              {one}
            </button>
          ))}
        </div>
        <TextField
          name="status.text"
          label={texts.text}
          maxLength={128}
          autoComplete="off"
          problem={save.isError ? { field: 'status.text', text: problemText(save.error) } : undefined}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ul className={styles.examples} aria-label={texts.suggestions}>
          {texts.examples.map((example) => (
            <li key={example.emoji}>
              <button
                type="button"
                className={styles.example}
                onClick={() => {
                  setText(example.text);
                  setEmoji(example.emoji);
                }}
              >
                {example.emoji} {example.text}
              </button>
            </li>
          ))}
        </ul>
        <Select
          label={texts.until}
          icon={<Clock size={17} />}
          options={STATUS_ENDS.map((value) => ({ value, label: texts.ends[value] }))}
          value={end}
          onChange={(value) => setEnd(STATUS_ENDS.find((one) => one === value) ?? 'never')}
          placeholder={texts.until}
        />
        <div className={styles.answers}>
          {profile.status !== null && (
            <Button onClick={() => save.mutate(null)} aria-disabled={save.isPending}>
              {texts.clear}
            </Button>
          )}
          <Button type="submit" look="primary" aria-disabled={save.isPending}>
            {texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
