import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temp-folder.js";
import { freePort } from "./start-postgres.js";

const binary = ["/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server"].find((path) => existsSync(path));

/** True if a ClickHouse server is installed: Debian's, which is an old one, or another. */
export const hasClickhouse = binary !== undefined;

export interface ClickHouse {
  /** With nothing in it that says who asks. */
  readonly url: string;
  /** The same as its owner, for a command line. */
  readonly ownerUrl: string;
  readonly secret: string;
  /** As the owner. */
  query(sql: string): Promise<string>;
  remove(): Promise<void>;
}

/** A server of its own on loopback, with one user. */
export async function startClickhouse(): Promise<ClickHouse> {
  const folder = temporaryFolder("clickhouse");
  const port = await freePort();
  mkdirSync(join(folder, "data"));
  const users = `<yandex><profiles><default></default></profiles><quotas><default></default></quotas><users><default>
    <password>pass:word</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
    </default></users></yandex>`;
  writeFileSync(join(folder, "users.xml"), users);
  const config = `<yandex><logger><level>error</level><console>1</console></logger><http_port>${port}</http_port>
    <listen_host>127.0.0.1</listen_host><path>${folder}/data/</path><tmp_path>${folder}/data/tmp/</tmp_path>
    <users_config>${folder}/users.xml</users_config><default_profile>default</default_profile>
    <default_database>default</default_database><mark_cache_size>67108864</mark_cache_size></yandex>`;
  writeFileSync(join(folder, "config.xml"), config);
  const server = spawn(binary ?? "", [`--config-file=${join(folder, "config.xml")}`], { cwd: folder, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/`;
  const ownerUrl = `${url}?user=default&password=${encodeURIComponent("pass:word")}`;
  const query = async (sql: string) => {
    const response = await fetch(ownerUrl, { method: "POST", body: sql });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text.trimEnd();
  };
  for (let up = false; !up; ) {
    if (server.exitCode !== null) throw new Error(`clickhouse-server ended with ${server.exitCode}`);
    up = await query("SELECT 1").then(
      () => true,
      () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 50)),
    );
  }
  return {
    url,
    ownerUrl,
    secret: "default:pass:word",
    query,
    async remove() {
      const gone = new Promise((resolve) => server.once("exit", resolve));
      if (server.exitCode === null && server.kill("SIGKILL")) await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
