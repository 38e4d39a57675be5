//! What jq takes out of a list of maps: records with some of the fields.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::maps;

#[test]
fn what_jq_took_out_of_a_list_has_its_memory_alone() {
    let lines = concat!(
        "{\"id\":1,\"name\":\"x\",\"bytes_memlock\":4096}\n",
        "{\"id\":2,\"name\":null,\"bytes_memlock\":null}\n",
    );
    let list = maps([lines.as_bytes()]).expect("it is a list of maps");
    assert_eq!((list.id.as_slice(), list.name.as_slice()), (&[1.0, 2.0][..], &[0, -1][..]));
    assert_eq!((list.memlock_bytes[0], list.map_type[0]), (4096.0, -1));
    assert!(list.memlock_bytes[1].is_nan() && list.key_size[0].is_nan());
    assert_eq!(list.problems, []);
    for other in [
        r#"{"id":3,"type":"xdp","tag":"a04f5eef06a7f555","bytes_memlock":4096}"#,
        r#"{"id":3,"bytes_memlock":4096,"run_time_ns":5}"#,
        r#"{"id":3,"name":"x"}"#,
        r#"{"name":"x","bytes_memlock":4096}"#,
    ] {
        assert!(maps([other.as_bytes()]).is_err(), "{other}");
    }
}
