//! Signed acts accepted durably over HTTP a second: client and node on the same machine, every
//! statement signed before, every answer a receipt for an entry that is on disk.

use std::error::Error;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use federation::{PublicKey, Time};
use node::Node;
use serde_json::json;

use crate::figures::{per_second, row, timed};
use crate::http::{Connection, json_request};
use crate::records::write;
use crate::village::{FOUNDERS, Said, Village};

/// What the data directory holds before: exchanges of each pair, and units that joined later.
const EXCHANGES: usize = 199;
const NEWCOMERS: usize = 800;

/// What is handed in while the clock runs: exchanges of each pair of units.
const HANDED_IN: usize = 60;

/// Makes a data directory with a federation of 1,000 units and 100,000 entries; prints its moment.
pub(crate) fn prepare(folder: &Path) -> Result<(), Box<dyn Error>> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let moment = Time::from_seconds(i64::try_from(since)?).ok_or("a moment")?;
    let key = Node::open(folder)?.keys().host_key()?;
    let federations = folder.join("federations");
    write(&federations.join("measured.sqlite"), key, moment, before(moment)?.said)?;
    println!("{}", moment.seconds());
    Ok(())
}

/// Hands in what was signed, over as many connections as there are pairs of units.
pub(crate) fn measure(address: &str, moment: &str) -> Result<(), Box<dyn Error>> {
    let moment = Time::from_seconds(moment.parse()?).ok_or("a moment")?;
    let mut village = before(moment)?;
    let path = format!("/api/v1/f/{}/statements", village.federation);
    let mut requests = Vec::new();
    for giver in (0..FOUNDERS).step_by(2) {
        village.said.clear();
        for _ in 0..HANDED_IN {
            village.exchange(giver, giver + 1)?;
        }
        requests.push(village.said.iter().map(|said| request(&path, said)).collect::<Vec<_>>());
    }
    let count: usize = requests.iter().map(Vec::len).sum();
    let (handed_in, took) = timed(|| hand_in(address, &requests));
    let mut latencies = handed_in?;
    latencies.sort_unstable();
    let rate = per_second(count, took);
    row("signed acts accepted durably over HTTP a second", &rate, "at least 8 000");
    let p99 = crate::figures::percentile(&latencies, 99);
    row("the same, p99 of one act", &p99, "at most 200 ms");
    Ok(())
}

fn before(moment: Time) -> Result<Village, Box<dyn Error>> {
    let mut village = Village::found(moment)?;
    village.join(NEWCOMERS)?;
    for _ in 0..EXCHANGES {
        for giver in (0..FOUNDERS).step_by(2) {
            village.exchange(giver, giver + 1)?;
        }
    }
    Ok(village)
}

fn request(path: &str, said: &Said) -> Vec<u8> {
    let statement = String::from_utf8_lossy(&said.signed.bytes);
    let halves = said.signed.signature.as_chunks::<32>().0;
    let signature: String = halves.iter().map(|half| PublicKey(*half).to_string()).collect();
    json_request(path, &json!({ "statement": statement, "signature": signature }).to_string())
}

fn hand_in(address: &str, requests: &[Vec<Vec<u8>>]) -> Result<Vec<Duration>, Box<dyn Error>> {
    let latencies = thread::scope(|scope| {
        let hands: Vec<_> = requests
            .iter()
            .map(|requests| scope.spawn(|| each(address, requests).map_err(|why| why.to_string())))
            .collect();
        let done = hands.into_iter().map(|hand| hand.join().map_err(|_| "a connection stopped")?);
        done.collect::<Result<Vec<_>, String>>()
    })?;
    Ok(latencies.concat())
}

fn each(address: &str, requests: &[Vec<u8>]) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut connection = Connection::open(address)?;
    let mut latencies = Vec::new();
    for request in requests {
        let (answer, took) = timed(|| connection.send(request));
        let answer = answer?;
        if answer.status != 201 {
            return Err(format!("an act was answered with {}", answer.status).into());
        }
        latencies.push(took);
    }
    Ok(latencies)
}
