//! Page latency at a steady rate: a request is sent when it is due, whether or not the last one
//! was answered late, and its latency counts from when it was due.

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use crate::figures::{percentile, row};
use crate::http::Connection;

/// Requests a second, over all connections.
const RATE: u32 = 200;
const CONNECTIONS: u32 = 8;
const SECONDS: u64 = 10;

pub(crate) fn measure(address: &str, paths: &[String]) -> Result<(), Box<dyn Error>> {
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let latencies = latencies(address, paths, || Instant::now() >= until)?;
    row("page, p50 at 200 a second", &percentile(&latencies, 50), "");
    row("page, p95 at 200 a second", &percentile(&latencies, 95), "at most 20 ms");
    Ok(())
}

/// The latencies of pages read until it is enough, the least first.
pub(crate) fn latencies(
    address: &str,
    paths: &[String],
    enough: impl Fn() -> bool + Sync,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let enough = &enough;
    let every = Duration::from_secs(1) * CONNECTIONS / RATE;
    let begun = Instant::now();
    let mut latencies = thread::scope(|scope| {
        let readers: Vec<_> = (0..CONNECTIONS)
            .map(|reader| {
                let first = begun + every * reader / CONNECTIONS;
                scope.spawn(move || {
                    read(address, paths, (first, every), enough).map_err(|why| why.to_string())
                })
            })
            .collect();
        let read =
            readers.into_iter().map(|reader| reader.join().map_err(|_| "a reader stopped")?);
        read.collect::<Result<Vec<_>, String>>()
    })?
    .concat();
    latencies.sort_unstable();
    Ok(latencies)
}

fn read(
    address: &str,
    paths: &[String],
    (first, every): (Instant, Duration),
    enough: impl Fn() -> bool,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut connection = Connection::open(address)?;
    let mut latencies = Vec::new();
    for (turn, path) in (0..).zip(paths.iter().cycle()) {
        if enough() {
            break;
        }
        let due = first + every * turn;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let answer = connection.get(path)?;
        if answer.status != 200 {
            return Err(format!("{path} answers {}", answer.status).into());
        }
        latencies.push(due.elapsed());
    }
    Ok(latencies)
}
