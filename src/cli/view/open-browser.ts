/** Opens an address in the user's browser, by whatever the system has for it; the address is of our own making. */
import { spawn } from "node:child_process";

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

export function openBrowser(url: string, failed: (why: string) => void): void {
  const [command = "xdg-open", ...args] = COMMANDS[process.platform] ?? [];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => failed(`no browser could be started (${command}); open ${url}`));
  child.unref();
}
