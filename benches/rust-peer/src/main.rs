//! The first stage of a round by the network simplex of rs-graph.
//!
//! `rust-peer PROBLEM` reads a problem as `benches/engine/networks.py` writes it, and prints what the
//! stage is worth and the CPU seconds of solving it, without reading.

use std::process::ExitCode;

use rs_graph::mcf::{NetworkSimplex, SolutionState};
use rs_graph::traits::IndexGraph;
use rs_graph::{Buildable, Builder, Net};
use rustix::time::{ClockId, clock_gettime};

fn main() -> ExitCode {
    let found = std::env::args().nth(1).ok_or_else(|| "usage: rust-peer PROBLEM".to_owned());
    let found = found.and_then(|path| std::fs::read(&path).map_err(|why| format!("{path}: {why}")));
    match found.and_then(|bytes| Problem::read(&bytes).ok_or("the problem ends too early".into())) {
        Ok(problem) => problem.solve(),
        Err(why) => {
            eprintln!("rust-peer: {why}");
            ExitCode::from(2)
        }
    }
}

struct Problem {
    nodes: usize,
    tails: Vec<i32>,
    heads: Vec<i32>,
    lower: Vec<i64>,
    upper: Vec<i64>,
    gains: Vec<i32>,
}

impl Problem {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let [nodes, arcs, _, _] = long(&mut rest, 4)?.try_into().ok()?;
        let arcs = usize::try_from(arcs).ok()?;
        Some(Self {
            nodes: usize::try_from(nodes).ok()?,
            tails: short(&mut rest, arcs)?,
            heads: short(&mut rest, arcs)?,
            lower: long(&mut rest, arcs)?,
            upper: long(&mut rest, arcs)?,
            gains: short(&mut rest, arcs)?,
        })
    }

    fn solve(&self) -> ExitCode {
        let begun = cpu_seconds();
        let graph = self.graph();
        let mut simplex = NetworkSimplex::new(&graph);
        simplex.set_balances(|_| 0_i64);
        simplex.set_lowers(|arc| self.lower[graph.edge_id(arc)]);
        simplex.set_uppers(|arc| self.upper[graph.edge_id(arc)]);
        simplex.set_costs(|arc| -i64::from(self.gains[graph.edge_id(arc)]));
        if simplex.solve() != SolutionState::Optimal {
            eprintln!("rust-peer: no optimum");
            return ExitCode::FAILURE;
        }
        println!("{} {:.4}", -simplex.value(), cpu_seconds() - begun);
        ExitCode::SUCCESS
    }

    fn graph(&self) -> Net {
        let mut graph = Net::new_builder();
        let nodes = graph.add_nodes(self.nodes);
        let place = |end: &i32| usize::try_from(*end).unwrap_or(usize::MAX);
        for (tail, head) in self.tails.iter().zip(&self.heads) {
            graph.add_edge(nodes[place(tail)], nodes[place(head)]);
        }
        graph.into_graph()
    }
}

fn short(rest: &mut &[u8], count: usize) -> Option<Vec<i32>> {
    let (column, left) = rest.split_at_checked(4 * count)?;
    *rest = left;
    Some(column.as_chunks().0.iter().map(|number| i32::from_le_bytes(*number)).collect())
}

fn long(rest: &mut &[u8], count: usize) -> Option<Vec<i64>> {
    let (column, left) = rest.split_at_checked(8 * count)?;
    *rest = left;
    Some(column.as_chunks().0.iter().map(|number| i64::from_le_bytes(*number)).collect())
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "seconds to be printed")]
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
