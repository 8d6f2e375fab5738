//! The flow of each offer and need, handed over to the lots that it reaches.

use crate::maps::{Map, WishKey};
use crate::plan::Plan;
use crate::round::{Merged, Reach, Round, Share, Span};
use crate::tie::{Draw, Role};

use super::sides::{Hand, Loose, Origin};

/// The most lots of a span that a wish may turn to beside those to which its flow goes.
const OTHERS: usize = 8;

/// Whose turn it is in a lot: those without flow come after the others, which stand in the order
/// that their hashes draw.
pub(super) type Turn = (bool, [u8; 16]);

/// Every wish in the lots that it reaches, with the seconds that it gives or gets there, and what
/// each may give or get, in steps.
///
/// A wish that reaches one lot has all its flow there. Of a span, the wishes in the order of their
/// turns are paired with its lots in canonical order by the north-west corner rule.
pub(super) fn of(round: &Round, plan: &Plan) -> (Vec<Loose>, Map<WishKey, i64>) {
    let mut flows = plan.flows.iter().copied();
    let gives: Vec<_> = flows.by_ref().take(round.gives.len()).collect();
    let mut to_lots = |spans: &[Span]| -> Vec<Vec<i64>> {
        spans.iter().map(|span| flows.by_ref().take(span.lots.len()).collect()).collect()
    };
    let (give_spans, get_spans) = (to_lots(&round.give_spans), to_lots(&round.get_spans));
    let gets = round.gets.iter().zip(&round.shares);
    let gets = gets.map(|(get, share)| flows.by_ref().take(parts(get, *share)).sum()).collect();
    let mut handed = Handed { round, loose: Vec::new(), left: Map::with_capacity(0) };
    handed.wishes(Hand::Gives, &round.gives, &gives, (&round.give_spans, &give_spans));
    let gets: Vec<_> = gets;
    handed.wishes(Hand::Gets, &round.gets, &gets, (&round.get_spans, &get_spans));
    handed.debts(flows);
    (handed.loose, handed.left)
}

/// How many arcs a need has.
const fn parts(get: &Merged, share: Share) -> usize {
    match share {
        Share::Direct { essential } if 0 < essential && essential < get.seconds => 2,
        Share::Direct { .. } | Share::Floor(_) => 1,
    }
}

struct Handed<'a> {
    round: &'a Round,
    loose: Vec<Loose>,
    left: Map<WishKey, i64>,
}

impl Handed<'_> {
    fn wishes(
        &mut self,
        hand: Hand,
        wishes: &[Merged],
        flows: &[i64],
        (spans, to_lots): (&[Span], &[Vec<i64>]),
    ) {
        let mut of_span = vec![Vec::new(); spans.len()];
        for (wish, &flow) in wishes.iter().zip(flows) {
            let left = self.left.push(wish.quantity.steps());
            let (origin, unit) = (Origin::Lot(0), wish.unit);
            let loose =
                Loose { origin, hand, turn: self.turn(hand, wish, flow), unit, wish: left, flow };
            match wish.reach {
                Reach::Lot(lot) => self.loose.push(Loose { origin: Origin::Lot(lot), ..loose }),
                Reach::Span(span) => {
                    let span = usize::try_from(span).ok().and_then(|span| of_span.get_mut(span));
                    if let Some(span) = span {
                        span.push(loose);
                    }
                }
            }
        }
        for ((span, wishes), flows) in spans.iter().zip(of_span).zip(to_lots) {
            self.span(span, wishes, flows);
        }
    }

    fn turn(&self, hand: Hand, wish: &Merged, flow: i64) -> Turn {
        let role = match hand {
            Hand::Gives => Role::Give,
            Hand::Gets => Role::Get,
        };
        match flow {
            0 => (true, [0; 16]),
            _ => (false, Draw::wish(self.round, role, wish).turn()),
        }
    }

    /// Hands the flow of a span's wishes over to its lots, to and from which so much flows.
    fn span(&mut self, span: &Span, mut wishes: Vec<Loose>, flows: &[i64]) {
        wishes.sort_unstable_by_key(|one| (one.turn, one.unit, one.wish));
        let mut lots = span.lots.iter().copied().zip(flows.iter().copied()).peekable();
        for wish in wishes {
            let mut left = wish.flow;
            let mut reached = Vec::new();
            while let (true, Some((lot, open))) = (left > 0, lots.peek_mut()) {
                let flow = left.min(*open);
                if flow > 0 {
                    self.loose.push(Loose { origin: Origin::Lot(*lot), flow, ..wish });
                    reached.push(*lot);
                }
                left -= flow;
                *open -= flow;
                if *open == 0 {
                    lots.next();
                }
            }
            self.others(span, &reached, wish);
        }
    }

    /// Lets a wish take part in some more lots, in which nothing of it flows.
    fn others(&mut self, span: &Span, reached: &[u32], wish: Loose) {
        let others = span.lots.iter().filter(|lot| !reached.contains(lot)).take(OTHERS);
        let turn = (true, [0; 16]);
        let loose = others.map(|&lot| Loose { origin: Origin::Lot(lot), turn, flow: 0, ..wish });
        self.loose.extend(loose);
    }

    /// An obligation is a lot of its own, with one giver and one receiver.
    fn debts(&mut self, flows: impl Iterator<Item = i64>) {
        for ((rank, debt), flow) in (0_u32..).zip(&self.round.debts).zip(flows) {
            let (origin, turn) = (Origin::Debt(rank), (flow == 0, [0; 16]));
            for (hand, unit) in [(Hand::Gives, debt.giver), (Hand::Gets, debt.receiver)] {
                let wish = self.left.push(debt.seconds);
                self.loose.push(Loose { origin, hand, turn, unit, wish, flow });
            }
        }
    }
}
