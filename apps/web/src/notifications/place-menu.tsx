import { isMutedNow, type NotificationRule, type NotifyLevel } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Bell, BellOff, Check, CheckCheck, ChevronRight } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useReadAll } from '../finding/use-read-all.js';
import { useStore } from '../lib/use-store.js';
import { language } from '../texts/language.js';
import { notificationTexts } from '../texts/notifications/notification-texts.js';
import menu from '../ui/menu.module.css';
import { MUTE_TIMES, muteUntil } from './mute-times.js';
import { notificationsQuery } from './notifications-query.js';
import { placeMenu, type PlaceMenu } from './place-menu-state.js';
import { channelRule, communityRule } from './rules.js';
import { useSetRule } from './use-set-rule.js';
import styles from './place-menu.module.css';

const NO_RULE: NotificationRule = { level: null, muted: false, muted_until: null };
const LEVELS = ['usual', 'everything', 'mentions', 'nothing'] as const;

/** The menu of the channel or community that was pressed, wherever it stands. */
export function PlaceMenuHost() {
  const open = useStore(placeMenu);
  if (open === undefined) return null;
  return <OpenMenu key={`${open.id} ${open.x} ${open.y}`} place={open} />;
}

function OpenMenu({ place }: { place: PlaceMenu }) {
  const { data: settings } = useQuery(notificationsQuery);
  const readAll = useReadAll();
  const setRule = useSetRule(place);
  const [opener] = useState(() => document.activeElement);
  const [now] = useState(() => Date.now());
  const ofPlace = place.kind === 'channel' ? channelRule : communityRule;
  const rule = ofPlace(settings, place.id) ?? NO_RULE;
  const isMuted = isMutedNow(rule, now);
  const texts = notificationTexts.menu;
  return (
    <DropdownMenu.Root
      open
      modal={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) placeMenu.set(undefined);
      }}
    >
      <DropdownMenu.Trigger
        className={styles.point}
        style={{ left: place.x, top: place.y }}
        tabIndex={-1}
        aria-hidden="true"
      />
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={menu.content}
          align="start"
          collisionPadding={8}
          aria-label={texts.of(place.name)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
        >
          <Item
            icon={<CheckCheck size={17} />}
            onSelect={() =>
              readAll(place.kind === 'channel' ? { channel_id: place.id } : { community_id: place.id })
            }
          >
            {texts.read}
          </Item>
          <DropdownMenu.Separator className={menu.separator} />
          {isMuted ? (
            <Item
              icon={<Bell size={17} />}
              onSelect={() => setRule({ ...rule, muted: false, muted_until: null })}
            >
              {texts.unmute}
              {rule.muted_until !== null && (
                <span className={menu.end}>{texts.mutedUntil(shortTime(rule.muted_until))}</span>
              )}
            </Item>
          ) : (
            <Sub icon={<BellOff size={17} />} name={texts.mute}>
              {MUTE_TIMES.map((time) => (
                <Item
                  key={time}
                  onSelect={() => {
                    setRule({ ...rule, muted: true, muted_until: muteUntil(time, new Date()) });
                  }}
                >
                  {texts.times[time]}
                </Item>
              ))}
            </Sub>
          )}
          <Sub icon={<Bell size={17} />} name={texts.tell}>
            <DropdownMenu.RadioGroup
              value={rule.level ?? 'usual'}
              onValueChange={(value) => setRule({ ...rule, level: levelOf(value) })}
            >
              {LEVELS.map((level) => (
                <DropdownMenu.RadioItem key={level} value={level} className={menu.item}>
                  {texts.levels[level]}
                  <DropdownMenu.ItemIndicator className={menu.end}>
                    <Check size={16} />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </Sub>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ icon, onSelect, children }: { icon?: ReactNode; onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={menu.item} onSelect={onSelect}>
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

function Sub({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={menu.item}>
        {icon}
        {name}
        <span className={menu.end}>
          <ChevronRight size={16} data-points-inline />
        </span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className={menu.content} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

function levelOf(value: string): NotifyLevel | null {
  return value === 'everything' || value === 'mentions' || value === 'nothing' ? value : null;
}

function shortTime(time: string): string {
  const format = new Intl.DateTimeFormat(language.get(), {
    ...{ weekday: 'short', hour: 'numeric', minute: '2-digit' },
  });
  return format.format(new Date(time));
}
