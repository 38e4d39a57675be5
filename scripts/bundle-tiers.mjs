/**
 * Few chunks instead of one for each set of modules that some commands share: a start waits for every file it loads, and
 * forty of them took 40 ms. A tier holds what its file needs and no earlier tier has, if another command needs it too.
 */

/** @param tiers `[name of the chunk, file whose imports it holds]`, the one that most commands load first. */
export function bundleTiers(tiers) {
  const members = new Map(tiers.map(([name]) => [name, new Set()]));
  const findMembers = {
    name: "bundle-tiers",
    buildEnd() {
      const taken = new Set();
      for (const [name, file] of tiers) {
        const todo = [file];
        for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
          if (taken.has(id)) continue;
          taken.add(id);
          members.get(name).add(id);
          todo.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      }
    },
  };
  const groups = tiers.map(([name], index) => ({
    name,
    test: (id) => members.get(name).has(id),
    priority: tiers.length - index,
    minShareCount: 2,
  }));
  return { plugin: findMembers, codeSplitting: { groups } };
}
