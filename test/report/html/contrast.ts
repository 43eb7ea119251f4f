/**
 * Runs in the page: elements with text of their own whose contrast with what is behind them is less than 4.5 to 1
 * (WCAG 2, AA). Text in drawings is compared with the surface of its figure, unless it stands on a bar of a color.
 */
export const lowContrast = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) =>
    [r, g, b]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgb('white');
  };
  const found = new Set();
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== '');
    if (!own || node.tagName === 'title' || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const text = rgb(node.namespaceURI.endsWith('svg') ? style.fill : style.color);
    const bar = node.closest('svg') && /\\bt(\\d)\\b/.exec(node.closest('g')?.getAttribute('class') ?? '');
    const back = bar
      ? rgb(getComputedStyle(document.documentElement).getPropertyValue('--t' + bar[1]))
      : behind(node.closest('svg')?.parentElement ?? node);
    const [light, dark] = [luminance(text), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) found.add(node.tagName + '.' + (node.getAttribute('class') ?? '') + ' ' + node.textContent.slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return [...found];
})()`;
