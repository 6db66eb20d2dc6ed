/** `1,284`: a count with its thousands apart. Without the browser's own formats, whose first use takes 45 ms. */
export const formatCount = (count: number): string =>
  String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
