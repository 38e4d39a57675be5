//! What several test files share: one call that reads a document, whole or in pieces.
#![allow(dead_code, reason = "each test file uses a part of it")]

use mapscope_parser::ParseError;
use mapscope_scan::{
    DumpList, MapDumpScanner, MapList, MapListScanner, ProgramList, ProgramListScanner,
};

/// Two maps as bpftool 7.1 lists them with `-j`.
pub const MAPS: &str = r#"[{"id":7,"type":"hash","name":"flows","flags":1,"bytes_key":16,"bytes_value":48,"max_entries":1000,"bytes_memlock":65536,"frozen":0,"btf_id":12,"pids":[{"pid":42,"comm":"agent"},{"pid":43,"comm":"agent"}]},{"id":9,"type":"array","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":2,"bytes_memlock":4096,"frozen":1}]
"#;

/// Three elements of a map with BTF, as `-p` lays them out.
pub const DUMP: &str = r#"[{
        "key": ["0x01","0x00","0x00","0x00"
        ],
        "value": ["0x00","0x00","0x00","0x00","0x00","0x00","0x00","0x00"
        ],
        "formatted": {
            "key": 1,
            "value": {
                "name": "a}]\"b",
                "list": [1,2,3
                ]
            }
        }
    },{
        "key": ["0x02","0x00","0x00","0x00"
        ],
        "value": ["0xff","0x00","0x00","0x00","0x00","0x00","0x00","0x10"
        ],
        "formatted": {
            "key": 2,
            "value": 5
        }
    },{
        "key": ["0x01","0x00","0x00","0x00"
        ],
        "value": ["0x00","0x00","0x00","0x00","0x00","0x00","0x00","0x01"
        ],
        "formatted": {
            "key": 1,
            "value": 7
        }
    }
]
"#;

/// Two dumps in one, as `map dump name X` gives them, the second of a per-CPU map.
pub const SEVERAL: &str = r#"[{"id":5,"type":"hash","name":"same","flags":0,"elements":[{"key":["0x01"],"value":["0x00","0x01"]},{"key":["0x02"],"value":{"error":"No such file or directory"}}]},{"id":6,"type":"percpu_hash","name":"same","flags":0,"elements":[{"key":["0x01"],"values":[{"cpu":0,"value":["0x00"]},{"cpu":1,"value":["0x01"]}]}]}]"#;

/// A program as bpftool 7.1 lists it.
pub const PROGRAMS: &str = r#"[{"id":3,"type":"cgroup_sock_addr","name":"cgroup_connect4_prog","tag":"a04f5eef06a7f555","gpl_compatible":true,"loaded_at":1700000000,"uid":0,"orphaned":false,"bytes_xlated":296,"jited":true,"bytes_jited":200,"bytes_memlock":4096,"map_ids":[7,9],"btf_id":12,"pids":[{"pid":42,"comm":"agent"}],"metadata":{"quote":""","note":"x"}}]"#;

/// What a dump with `-j` is made of: elements of one size, some with `formatted`, whose keys and values take more than a
/// block of the fast way; among them one that cannot be read, one whose `formatted` is no JSON, and one of another size.
pub fn many(elements: u8) -> String {
    let bytes = |first: u8, count: usize, used: usize| {
        let byte = |at: usize| if at < used { first.wrapping_add(1) } else { 0 };
        let texts: Vec<String> = (0..count).map(|at| format!("\"0x{:02x}\"", byte(at))).collect();
        format!("[{}]", texts.join(","))
    };
    let element = |number: u8| {
        let key = bytes(number, 18, 18);
        let used = usize::from(number % 40);
        let tail = match number % 5 {
            // Others like it follow, with other numbers and texts.
            1 | 2 => {
                let text = "t".repeat(usize::from(number % 7));
                format!(
                    r#","formatted":{{"key":{{"id":{number}}},"value":{{"s":"a}}]\"b","t":"{text}","l":[1,{number}],"e":{{}},"x":(nil)}}}}"#
                )
            }
            3 => ",\"formatted\":{\"key\":1,\"value\":[{\"a\":1},{\"id\":2}]}".to_owned(),
            4 => ",\"formatted\":{\"key\":1,\"value\":{\"c\":\"\"\"}}".to_owned(),
            _ => String::new(),
        };
        match number {
            7 => format!(r#"{{"key":{key},"value":{{"error":"No such file or directory"}}}}"#),
            9 => format!(r#"{{"key":{key},"value":{}}}"#, bytes(1, 3, 1)),
            _ => format!(r#"{{"key":{key},"value":{}{tail}}}"#, bytes(number, 40, used)),
        }
    };
    format!("[{}]\n", (0..elements).map(element).collect::<Vec<_>>().join(","))
}

macro_rules! reader {
    ($name:ident, $scanner:ident, $result:ident) => {
        /// Reads pieces of a document.
        pub fn $name<'a>(
            pieces: impl IntoIterator<Item = &'a [u8]>,
        ) -> Result<$result, ParseError> {
            let mut scanner = $scanner::new();
            for piece in pieces {
                scanner.push(piece);
            }
            scanner.finish()
        }
    };
}

reader!(maps, MapListScanner, MapList);
reader!(dumps, MapDumpScanner, DumpList);
reader!(programs, ProgramListScanner, ProgramList);

/// All three results as text, so that they can be compared although NaN differs from itself.
pub fn all(pieces: &[&[u8]]) -> String {
    let pieces = || pieces.iter().copied();
    format!("{:?}\n{:?}\n{:?}", maps(pieces()), dumps(pieces()), programs(pieces()))
}
