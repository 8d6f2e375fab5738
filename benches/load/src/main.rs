//! Measures counts, the rules, the record and a node under load, for ./bench.

mod ballots;
mod figures;
mod hosting;
mod http;
mod outlook;
mod pages;
mod records;
mod round;
mod rules;
mod village;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match given.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ballots"] => ballots::measure(),
        ["rules"] => rules::measure(),
        ["record", folder] => records::measure(Path::new(folder)),
        ["round", folder] => round::measure(Path::new(folder)),
        ["prepare", folder] => hosting::prepare(Path::new(folder)),
        ["acts", address, moment] => hosting::measure(address, moment),
        ["pages", address, ..] => pages::measure(address, given.get(2..).unwrap_or_default()),
        _ => Err("usage: load ballots | rules | record FOLDER | round FOLDER | prepare FOLDER | \
             acts ADDRESS MOMENT | pages ADDRESS PATH…"
            .into()),
    }
}
