import { Suspense, useState, type ReactNode } from 'react';
import { lazyPart } from '../ui/lazy-part.js';
import { Logo } from '../ui/logo.js';
import { PortalContainer } from '../ui/portal-container.js';
import styles from './entry-page.module.css';

const LanguageMenu = lazyPart(async () => (await import('../ui/language-menu.js')).LanguageMenu);
const ThemeMenu = lazyPart(async () => (await import('../ui/theme-menu.js')).ThemeMenu);

export interface EntryPageProps {
  title: ReactNode;
  lead: string;
  /** Above the title. */
  picture?: ReactNode;
  children: ReactNode;
  /** Below the card: other ways on. */
  foot?: ReactNode;
  testId: string;
}

/** A page before the workspace: one card with one thing to do. */
export function EntryPage({ title, lead, picture, children, foot, testId }: EntryPageProps) {
  const [header, setHeader] = useState<HTMLElement | null>(null);
  return (
    <div className={styles.page} data-testid={testId}>
      <header ref={setHeader} className={styles.header}>
        <Logo />
        <PortalContainer value={header}>
          <span className={styles.menus}>
            <Suspense>
              <LanguageMenu />
              <ThemeMenu />
            </Suspense>
          </span>
        </PortalContainer>
      </header>
      <main className={styles.main}>
        <section className={styles.card}>
          {picture}
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.lead}>{lead}</p>
          {children}
        </section>
        {foot !== undefined && <div className={styles.foot}>{foot}</div>}
      </main>
    </div>
  );
}
