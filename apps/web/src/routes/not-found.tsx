import { Link } from '@tanstack/react-router';
import { House, SearchX } from 'lucide-react';
import { MessagePage } from '../ui/message-page.js';
import { texts } from '../texts/texts.js';
import button from '../ui/button.module.css';

/** For addresses that lead nowhere. */
export function NotFound() {
  return (
    <MessagePage
      icon={<SearchX size={30} />}
      title={texts.notFound.title}
      detail={texts.notFound.detail}
      testId="not-found"
    >
      <Link to="/" className={button.button} data-look="primary" data-size="large">
        <House size={19} />
        {texts.app.frontPage}
      </Link>
    </MessagePage>
  );
}
