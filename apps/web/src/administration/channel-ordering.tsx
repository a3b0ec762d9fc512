import type { Community } from '@parley/contract';
import { useEffect, useEffectEvent, useRef } from 'react';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { dropOf, moved, stepOf } from './channel-moves.js';
import { enableDragging, type Drop } from './row-dragging.js';
import { useMoveChannel } from './use-move-channel.js';

export interface ChannelOrderingProps {
  /** Its rows have the ids of their channels in `data-row`. */
  list: HTMLElement;
  community: Community;
}

/** Lets channels be put in order, by dragging and with Alt and the arrow keys. Shows nothing. */
export function ChannelOrdering({ list, community }: ChannelOrderingProps) {
  const { channels } = community;
  const move = useMoveChannel(community);
  const { announce } = useNotices();
  const movedByKey = useRef<string>(undefined);

  const onMove = useEffectEvent(move);
  useEffect(() => {
    const byId = new Map(channels.map((channel) => [channel.id, channel]));
    const found = ({ draggedId, targetId, half }: Drop) => {
      const [dragged, target] = [byId.get(draggedId), byId.get(targetId)];
      const to = dragged && target && dropOf(channels, dragged, { target, half });
      const isInto = target?.kind === 'category' && dragged?.kind !== 'category';
      return dragged && to && { dragged, to, mark: isInto ? ('into' as const) : half };
    };
    return enableDragging(list, {
      markOf: (drop) => found(drop)?.mark,
      onDrop: (drop) => {
        const move = found(drop);
        if (move !== undefined) onMove(move.dragged, move.to);
      },
    });
  }, [list, channels]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const channel = channels.find(({ id }) => id === row?.getAttribute('data-row'));
    if (channel === undefined) return;
    event.preventDefault();
    const to = stepOf(channels, channel, event.key === 'ArrowUp' ? 'up' : 'down');
    if (to === undefined) return;
    movedByKey.current = channel.id;
    const siblings = moved(channels, channel.id, to).filter(
      ({ kind, category_id }) =>
        category_id === to.category_id && (kind === 'category') === (channel.kind === 'category'),
    );
    const place = siblings.findIndex(({ id }) => id === channel.id) + 1;
    announce(administrationTexts.channel.movedTo(channel.name, place, siblings.length));
    move(channel, to);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    list.addEventListener('keydown', listener);
    return () => list.removeEventListener('keydown', listener);
  }, [list]);

  // What is put elsewhere in the page loses the focus.
  useEffect(() => {
    const id = movedByKey.current;
    movedByKey.current = undefined;
    if (id === undefined) return;
    list.querySelector<HTMLElement>(`[data-row="${id}"] :is(a, button)`)?.focus();
  }, [list, channels]);

  return null;
}
