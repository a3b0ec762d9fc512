import {
  ArrowRight,
  CheckCheck,
  Hash,
  Keyboard,
  MessagesSquare,
  Search,
  Settings,
  Volume2,
} from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { useEffect, useRef, type ReactNode } from 'react';
import type { News } from '../notifications/news.js';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { Avatar } from '../ui/avatar.js';
import { CommunityIcon } from '../workspace/community-icon.js';
import type { Choice, Found } from './rank.js';
import styles from './switcher.module.css';

export interface SwitcherOptionProps {
  id: string;
  found: Found;
  /** Undefined where nothing can be new. */
  news: News | undefined;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

/** One of the places in the list, with what was typed of its name in bold. */
export function SwitcherOption({ id, found, news, isActive, onPoint, onChoose }: SwitcherOptionProps) {
  const { choice, marked } = found;
  const option = useRef<HTMLDivElement>(null);
  const texts = findingTexts.switcher;
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <div
      ref={option}
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      data-new={news?.isNew === true}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <span className={styles.picture}>
        <Picture choice={choice} />
      </span>
      <span className={styles.name} dir="auto">
        <Marked name={choice.name} marked={marked} />
      </span>
      {choice.detail !== '' && choice.detail !== choice.name && (
        <span className={styles.detail} dir="auto">
          {choice.detail}
        </span>
      )}
      {news?.isNew === true && (
        <span className={styles.end}>
          {news.badge > 0 && (
            <span className={styles.badge} aria-hidden="true">
              {news.badge > 99 ? '99+' : news.badge}
            </span>
          )}
          <VisuallyHidden.Root>
            {news.badge > 0 ? texts.mentions(news.badge) : texts.newMessages}
          </VisuallyHidden.Root>
        </span>
      )}
    </div>
  );
}

function Picture({ choice }: { choice: Choice }): ReactNode {
  switch (choice.kind) {
    case 'channel':
      return <Hash size={18} aria-hidden="true" />;
    case 'voice':
      return <Volume2 size={18} aria-hidden="true" />;
    case 'conversation':
      return choice.name.includes(', ') ? (
        <MessagesSquare size={18} aria-hidden="true" />
      ) : (
        <Avatar identity={choice.id} name={choice.name} />
      );
    case 'person':
      return <Avatar identity={choice.id} name={choice.name} />;
    case 'community':
      return <CommunityIcon id={choice.id} name={choice.name} />;
    case 'deed':
      return DEEDS[choice.key] ?? <ArrowRight size={18} data-points-inline aria-hidden="true" />;
  }
}

const DEEDS: Record<string, ReactNode> = {
  'deed:search': <Search size={18} aria-hidden="true" />,
  'deed:read': <CheckCheck size={18} aria-hidden="true" />,
  'deed:shortcuts': <Keyboard size={18} aria-hidden="true" />,
  'deed:settings': <Settings size={18} aria-hidden="true" />,
};

/** Neighbours of one kind stand in one element: letters of some scripts join. */
function Marked({ name, marked }: { name: string; marked: readonly number[] }): ReactNode {
  const places = new Set(marked);
  const runs: { text: string; isMarked: boolean }[] = [];
  for (const [place, character] of Array.from(name).entries()) {
    const last = runs.at(-1);
    if (last?.isMarked === places.has(place)) last.text += character;
    else runs.push({ text: character, isMarked: places.has(place) });
  }
  return runs.map(({ text, isMarked }, index) => (isMarked ? <b key={index}>{text}</b> : text));
}
