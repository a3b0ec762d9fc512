import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';

export interface Drop {
  draggedId: string;
  targetId: string;
  half: 'upper' | 'lower';
}

export interface Dragging {
  /** Where what is dropped would come: beside the row, or into it; undefined where it cannot stand. */
  markOf: (drop: Drop) => 'upper' | 'lower' | 'into' | undefined;
  onDrop: (drop: Drop) => void;
}

/**
 * Lets the rows of a list, each with an id in `data-row`, be dragged. While something is above one, `data-drop` says where
 * it would come. Returns what ends it.
 */
export function enableDragging(list: HTMLElement, { markOf, onDrop }: Dragging): () => void {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  return combine(
    ...rows.flatMap((row) => {
      const targetId = row.dataset.row ?? '';
      const dropAt = (draggedId: unknown, clientY: number): Drop | undefined =>
        typeof draggedId === 'string' ? { draggedId, targetId, half: halfOf(row, clientY) } : undefined;
      return [
        draggable({
          element: row,
          getInitialData: () => ({ row: targetId }),
          onDragStart: () => (row.dataset.dragged = ''),
          onDrop: () => delete row.dataset.dragged,
        }),
        dropTargetForElements({
          element: row,
          onDrag: ({ source, location }) => {
            const drop = dropAt(source.data.row, location.current.input.clientY);
            const mark = drop && markOf(drop);
            if (mark === undefined) delete row.dataset.drop;
            else row.dataset.drop = mark;
          },
          onDragLeave: () => delete row.dataset.drop,
          onDrop: ({ source, location }) => {
            delete row.dataset.drop;
            const drop = dropAt(source.data.row, location.current.input.clientY);
            if (drop !== undefined && markOf(drop) !== undefined) onDrop(drop);
          },
        }),
      ];
    }),
  );
}

function halfOf(row: HTMLElement, clientY: number): 'upper' | 'lower' {
  const { top, height } = row.getBoundingClientRect();
  return clientY < top + height / 2 ? 'upper' : 'lower';
}
