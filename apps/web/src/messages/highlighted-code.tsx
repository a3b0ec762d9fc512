import { createLowlight, common } from 'lowlight';
import { useMemo } from 'react';
import styles from './highlighted-code.module.css';

const lowlight = createLowlight(common);

type Nodes = ReturnType<typeof lowlight.highlight>['children'];

export interface HighlightedCodeProps {
  code: string;
  language: string;
}

/** Code whose parts have the colours of what they are; plain in a language that is not known. */
export function HighlightedCode({ code, language }: HighlightedCodeProps) {
  const nodes = useMemo(
    () => (lowlight.registered(language) ? lowlight.highlight(language, code).children : undefined),
    [code, language],
  );
  if (nodes === undefined) return code;
  return (
    <span className={styles.code} data-testid="highlighted">
      <Parts nodes={nodes} />
    </span>
  );
}

function Parts({ nodes }: { nodes: Nodes }) {
  return nodes.map((node, index) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    return (
      <span key={index} data-part={partOf(node.properties.className)}>
        <Parts nodes={node.children} />
      </span>
    );
  });
}

/** What a part is, as in `hljs-keyword`; what belongs closer to it follows with a `_`, as in `function_`. */
function partOf(classes: unknown): string | undefined {
  return Array.isArray(classes) ? String(classes[0]).replace(/^hljs-/u, '') : undefined;
}
