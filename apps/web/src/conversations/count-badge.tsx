import styles from './count-badge.module.css';

/** A small number of what is new. Decoration: it is said in words beside it. */
export function CountBadge({ count, className }: { count: number; className?: string | undefined }) {
  return (
    <span className={[styles.badge, className].filter(Boolean).join(' ')} aria-hidden="true">
      {count > 99 ? '99+' : count}
    </span>
  );
}
