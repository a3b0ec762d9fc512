import type { Availability } from '@parley/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Smile } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { presenceApi } from '../api/presence.js';
import { presenceTexts } from '../texts/presence/presence-texts.js';
import menu from '../ui/menu.module.css';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { PresenceDot } from './presence-dot.js';
import { profileQuery } from './presence-queries.js';
import styles from './status-items.module.css';

const SHOWN = { available: 'online', do_not_disturb: 'do_not_disturb', invisible: 'offline' } as const;
const CHOICES: readonly Availability[] = ['available', 'do_not_disturb', 'invisible'];

/** In the menu of oneself: what others see, and the way to one's status. */
export function StatusItems({ onStatus }: { onStatus: () => void }) {
  const client = useQueryClient();
  const { notify } = useNotices();
  const { data: profile } = useQuery(profileQuery);
  const { availability: texts, status } = presenceTexts;
  const choose = useMutation({
    mutationFn: (availability: Availability) => presenceApi.setAvailability({ availability }),
    onSuccess: ({ availability }) => {
      client.setQueryData(profileQuery.queryKey, (known) => known && { ...known, availability });
    },
    onError: (error) => notify(problemText(error), 'problem'),
  });
  return (
    <>
      <DropdownMenu.Item className={menu.item} onSelect={onStatus}>
        <Smile size={17} />
        {profile?.status == null ? status.set : status.change}
      </DropdownMenu.Item>
      <DropdownMenu.Separator className={menu.separator} />
      <DropdownMenu.RadioGroup
        aria-label={texts.label}
        value={profile?.availability ?? ''}
        onValueChange={(value) => {
          const choice = CHOICES.find((one) => one === value);
          if (choice !== undefined) choose.mutate(choice);
        }}
      >
        {CHOICES.map((choice) => (
          <DropdownMenu.RadioItem key={choice} value={choice} className={menu.item}>
            <span className={styles.dot} aria-hidden="true">
              <PresenceDot presence={SHOWN[choice]} />
            </span>
            <span className={styles.words}>
              {texts[choice]}
              <span className={styles.hint}>{texts[`${choice}Hint`]}</span>
            </span>
            <DropdownMenu.ItemIndicator className={styles.chosen} />
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className={menu.separator} />
    </>
  );
}
