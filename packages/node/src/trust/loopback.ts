/** Whether an address, or the name in an address, is that of this machine. IPv6 without brackets, names in lower case. */
export const isLoopback = (host: string): boolean =>
  host === '::1' || host === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(host)
