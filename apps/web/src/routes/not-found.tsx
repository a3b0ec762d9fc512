import { SearchX } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { HomeLink } from '../ui/home-link.js';
import { MessagePage } from '../ui/message-page.js';

/** For addresses that lead nowhere. */
export function NotFound() {
  return (
    <MessagePage
      icon={<SearchX size={30} />}
      title={texts.notFound.title}
      detail={texts.notFound.detail}
      testId="not-found"
    >
      <HomeLink />
    </MessagePage>
  );
}
