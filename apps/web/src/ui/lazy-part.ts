import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { language, showLanguage } from '../texts/language.js';

/** A part of the page that is loaded when it is first shown, with its texts in the language of the rest. */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const component = await load();
    await showLanguage(language.get());
    return { default: component };
  });
}
