import { TriangleAlert } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import styles from './problem-note.module.css';

export interface ProblemNoteProps {
  title: string;
  detail: string;
  onRetry: () => void;
}

/** What is wrong and what to do about it. */
export function ProblemNote({ title, detail, onRetry }: ProblemNoteProps) {
  return (
    <div className={styles.note} role="alert" data-testid="problem">
      <TriangleAlert size={20} />
      <div>
        <p className={styles.title}>{title}</p>
        <p>{detail}</p>
      </div>
      <Button onClick={onRetry}>{texts.app.tryAgain}</Button>
    </div>
  );
}
