import axe from 'axe-core';

/** What axe-core finds that hinders people, one line each. Minor findings are left out. */
export async function accessibilityFindings({ wholePage = false } = {}): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    // A component is shown without the page around it.
    rules: { region: { enabled: wholePage }, 'page-has-heading-one': { enabled: false } },
  });
  return violations
    .filter(({ impact }) => impact === 'moderate' || impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
}

/** Visible elements that reach beyond the viewport, or whose text is wider than they are and is not cut on purpose. */
export function overflowing(): string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || isCut(element)) continue;
    if (box.left < -1 || box.right > window.innerWidth + 1)
      found.push(`outside: ${element.outerHTML.slice(0, 120)}`);
    if (
      style.overflowX === 'visible' &&
      style.display !== 'inline' &&
      element.scrollWidth > element.clientWidth + 1
    ) {
      found.push(`too wide inside: ${element.outerHTML.slice(0, 120)}`);
    }
  }
  return found;
}

/** Whether it is cut with three dots together with what is around it, or only there for screen readers. */
function isCut(element: HTMLElement): boolean {
  for (let around: HTMLElement | null = element; around !== null; around = around.parentElement) {
    const style = getComputedStyle(around);
    if (style.textOverflow === 'ellipsis' || (style.position === 'absolute' && style.width === '1px'))
      return true;
  }
  return false;
}
