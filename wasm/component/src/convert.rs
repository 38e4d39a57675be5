//! The parser's types as those of the boundary.

use mapscope_parser as parser;
use mapscope_scan as json;

use crate::bindings::exports::mapscope::parse::columns::{Holders, Texts};
use crate::bindings::exports::mapscope::parse::errors::{ParseError, Place, Problem, ProblemCode};

pub fn error(error: parser::ParseError) -> ParseError {
    match error {
        parser::ParseError::WrongFormat(at) => ParseError::WrongFormat(place(at)),
        parser::ParseError::Truncated(at) => ParseError::Truncated(place(at)),
        parser::ParseError::Malformed(at) => ParseError::Malformed(place(at)),
        parser::ParseError::OverLimit(at) => ParseError::OverLimit(place(at)),
    }
}

fn place(place: parser::Place) -> Place {
    Place { offset: place.offset, path: place.path, message: place.message }
}

pub fn problems(problems: Vec<parser::Problem>) -> Vec<Problem> {
    problems.into_iter().map(problem).collect()
}

pub fn problem(problem: parser::Problem) -> Problem {
    let code = match problem.code {
        parser::ProblemCode::Truncated => ProblemCode::Truncated,
        parser::ProblemCode::Malformed => ProblemCode::Malformed,
        parser::ProblemCode::SkippedRecord => ProblemCode::SkippedRecord,
        parser::ProblemCode::Repaired => ProblemCode::Repaired,
        parser::ProblemCode::InexactInteger => ProblemCode::InexactInteger,
        parser::ProblemCode::ToolError => ProblemCode::ToolError,
        parser::ProblemCode::OverLimit => ProblemCode::OverLimit,
    };
    Problem { code, offset: problem.offset, path: problem.path, message: problem.message }
}

pub fn texts(texts: parser::texts::Texts) -> Texts {
    Texts { joined: texts.joined, ends: texts.ends }
}

pub fn holders(holders: json::Holders) -> Holders {
    Holders {
        object: holders.object,
        pid_count: holders.pid_count,
        pin_count: holders.pin_count,
        pid: holders.pid,
        comm: holders.comm,
        comms: texts(holders.comms),
        pins: texts(holders.pins),
    }
}
