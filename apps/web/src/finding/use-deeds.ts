import { useMemo } from 'react';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { pageDialog } from '../workspace/page-dialog.js';
import type { Deed } from './rank.js';
import { useReadAll } from './use-read-all.js';
import { useSearchPanel } from './use-search-panel.js';

/** What can be done from everywhere. */
export function useDeeds(): Deed[] {
  const readAll = useReadAll();
  const search = useSearchPanel();
  return useMemo(() => {
    const texts = findingTexts.deeds;
    const deed = (key: string, name: string, run: () => void): Deed => ({
      ...{ key: `deed:${key}`, kind: 'deed', name, detail: '', run },
    });
    return [
      deed('search', texts.search, search),
      deed('read', texts.readAll, () => readAll({})),
      deed('settings', texts.settings, () => pageDialog.set('settings')),
      deed('shortcuts', texts.shortcuts, () => pageDialog.set('shortcuts')),
    ];
  }, [readAll, search]);
}
