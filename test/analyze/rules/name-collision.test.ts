/** Known answer: map_of_cluster_ of Kmesh v0.5.0 stands for a hash and a percpu_array. */
import { nameCollision } from "../../../src/analyze/rules/name-collision.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const eps = family({
  id: "eps",
  name: "map_of_cluster_",
  fullName: "map_of_cluster_eps",
  keySize: 192,
  valueSize: 776,
});
const data = family({
  id: "data",
  name: "map_of_cluster_",
  fullName: "map_of_cluster_eps_data",
  type: "percpu_array",
  valueSize: 776,
});

ruleCases(nameCollision, {
  fires: {
    "two maps of Kmesh v0.5.0": [
      tablesOf(snapshot([eps, data])),
      {
        subject: { snapshot: "snapshot", kind: "family", id: "eps" },
        message:
          "map_of_cluster_ is the name of 2 different maps after 15 bytes: map_of_cluster_eps (hash 192/776) and map_of_cluster_eps_data (percpu_array 4/776)",
      },
    ],
  },
  silent: {
    "two copies of one map": tablesOf(snapshot([eps, { ...eps, id: "again" }])),
    "a short name, which was not cut": tablesOf(
      snapshot([
        family({ id: "a", name: "conns" }),
        family({ id: "b", name: "conns", valueSize: 16 }),
      ]),
    ),
    "sections of variables": tablesOf(
      snapshot([
        family({ id: "a", name: "kmesh_he.rodata", valueSize: 6 }),
        family({ id: "b", name: "kmesh_he.rodata", valueSize: 7 }),
      ]),
    ),
  },
  notApplicable: { "no maps": [tablesOf(snapshot([])), /no map is listed/] },
});
