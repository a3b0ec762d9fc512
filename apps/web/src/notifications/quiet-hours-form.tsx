import type { QuietHours } from '@parley/contract';
import { ToggleGroup } from 'radix-ui';
import { language } from '../texts/language.js';
import { notificationTexts } from '../texts/notifications/notification-texts.js';
import segments from '../ui/segments.module.css';
import { SwitchRow } from '../ui/switch-row.js';
import styles from './notification-settings.module.css';

export interface QuietHoursFormProps {
  quiet: QuietHours | null;
  onChange: (quiet: QuietHours | null) => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const NIGHTS = { days: [...DAYS], from: '22:00', until: '08:00' };
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** When one is not to be disturbed. What is chosen counts at once. */
export function QuietHoursForm({ quiet, onChange }: QuietHoursFormProps) {
  const texts = notificationTexts.quiet;
  const format = new Intl.DateTimeFormat(language.get(), { weekday: 'short', timeZone: 'UTC' });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const clock = (field: 'from' | 'until') => (
    <label className={styles.clock}>
      {texts[field]}
      <input
        type="time"
        required
        value={quiet?.[field]}
        onChange={({ target }) => {
          if (quiet !== null && target.value !== '') onChange({ ...quiet, [field]: target.value });
        }}
      />
    </label>
  );
  return (
    <>
      <SwitchRow
        label={texts.on}
        hint={texts.onHint}
        checked={quiet !== null}
        onChange={(isOn) => onChange(isOn ? { ...NIGHTS, time_zone: zone } : null)}
      />
      {quiet !== null && (
        <div className={styles.quiet}>
          <div className={styles.clocks}>
            {clock('from')}
            {clock('until')}
          </div>
          <ToggleGroup.Root
            type="multiple"
            className={segments.segments}
            aria-label={texts.days}
            value={quiet.days.map(String)}
            onValueChange={(chosen) => {
              const days = DAYS.filter((day) => chosen.includes(String(day)));
              if (days.length > 0) onChange({ ...quiet, days });
            }}
          >
            {DAYS.map((day) => (
              <ToggleGroup.Item key={day} value={String(day)} className={segments.segment}>
                {format.format(MONDAY + (day - 1) * DAY_MS)}
              </ToggleGroup.Item>
            ))}
          </ToggleGroup.Root>
          <p className={styles.note}>{texts.zone(quiet.time_zone.replaceAll('_', ' '))}</p>
        </div>
      )}
    </>
  );
}
