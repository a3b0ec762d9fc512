import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Channel } from '@parley/contract';
import { dropOf, type ChannelPlace } from './channel-moves.js';

export interface Dragging {
  channels: readonly Channel[];
  onMove: (channel: Channel, to: ChannelPlace) => void;
}

/**
 * Lets the rows of a list, each with its channel's id in `data-channel`, be dragged. While something is above one,
 * `data-drop` says where it would come. Returns what ends it.
 */
export function enableDragging(list: HTMLElement, { channels, onMove }: Dragging): () => void {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const rows = [...list.querySelectorAll<HTMLElement>('[data-channel]')];
  return combine(
    ...rows.flatMap((row) => {
      const target = byId.get(row.dataset.channel ?? '');
      if (target === undefined) return [];
      const placeFor = (id: unknown, clientY: number) => {
        const dragged = typeof id === 'string' ? byId.get(id) : undefined;
        const half = halfOf(row, clientY);
        const to = dragged && dropOf(channels, dragged, { target, half });
        return dragged && to && { dragged, to, half };
      };
      return [
        draggable({
          element: row,
          getInitialData: () => ({ channel: target.id }),
          onDragStart: () => (row.dataset.dragged = ''),
          onDrop: () => delete row.dataset.dragged,
        }),
        dropTargetForElements({
          element: row,
          onDrag: ({ source, location }) => {
            const found = placeFor(source.data.channel, location.current.input.clientY);
            if (found === undefined) delete row.dataset.drop;
            else row.dataset.drop = isInto(found.dragged, target) ? 'into' : found.half;
          },
          onDragLeave: () => delete row.dataset.drop,
          onDrop: ({ source, location }) => {
            delete row.dataset.drop;
            const found = placeFor(source.data.channel, location.current.input.clientY);
            if (found !== undefined) onMove(found.dragged, found.to);
          },
        }),
      ];
    }),
  );
}

function isInto(dragged: Channel, target: Channel): boolean {
  return target.kind === 'category' && dragged.kind !== 'category';
}

function halfOf(row: HTMLElement, clientY: number): 'upper' | 'lower' {
  const { top, height } = row.getBoundingClientRect();
  return clientY < top + height / 2 ? 'upper' : 'lower';
}
