//! What each stage of a plan left open: its proofs are gone through once more.

use crate::maps::{Arc, ArcMap, Map, NodeMap};
use crate::plan::Plan;
use crate::round::Round;
use crate::stage::{Stage, StageName};
use crate::stages::Solving;

use super::gains::Worth;
use super::help::Counted;
use super::view;

/// The stages of a plan.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) stages: Vec<Narrowing>,
    /// The place of the stage that settled each arc's flow; none if nothing was left to settle.
    pub(super) settled: ArcMap<Option<u32>>,
}

/// What one stage narrowed.
#[derive(Debug)]
pub(super) struct Narrowing {
    pub(super) name: StageName,
    /// Arcs with the bounds that it left them.
    pub(super) narrowed: Vec<(Arc, i64, i64)>,
}

/// Goes through the proofs of a plan. None if they are not as many as there are stages, or not of
/// this round's shape.
pub(super) fn course(
    round: &Round,
    plan: &Plan,
    flows: &ArcMap<i64>,
) -> Option<(Course, Vec<Counted>)> {
    let mut solving = Solving::along(round, flows);
    let mut course = Course { stages: Vec::new(), settled: Map::filled(None, flows.len()) };
    let mut counted = Vec::new();
    for (place, proof) in (0..).zip(&plan.stages) {
        if proof.potentials.len() != solving.face().network.node_count {
            return None;
        }
        let free = solving.face().free.values().to_vec();
        let before: Vec<_> = free.iter().map(|&arc| solving.face().network.arcs[arc]).collect();
        let stage = solving.upcoming()?;
        if let Stage::Hours(class) = stage {
            let face = solving.face();
            let gain = |arc| i64::from(face.network.gain(arc, stage).first);
            let arcs = (0..face.network.arcs.len()).map(crate::maps::Key::at);
            let gains = arcs.map(gain).collect::<Vec<_>>().into();
            let potentials: NodeMap<i128> =
                proof.potentials.iter().map(|&one| one.into()).collect::<Vec<_>>().into();
            let open = view::open(face.network.arcs.values().iter(), flows);
            counted.push(Counted { class, open, worth: Worth::new(gains, potentials) });
        }
        solving.follow(stage, proof);
        let face = solving.face();
        let mut narrowed = Vec::new();
        for (&arc, before) in free.iter().zip(&before) {
            let now = face.network.arcs[arc];
            if (now.lower, now.upper) != (before.lower, before.upper) {
                narrowed.push((arc, now.lower, now.upper));
            }
            if now.lower == now.upper {
                course.settled[arc] = course.settled[arc].or(Some(place));
            }
        }
        for arc in solving.still() {
            course.settled[arc] = course.settled[arc].or(Some(place));
        }
        course.stages.push(Narrowing { name: stage.name(round), narrowed });
    }
    Some((course, counted))
}
