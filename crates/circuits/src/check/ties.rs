//! What a second on each arc is worth in a draw of the tie-break.

use sha2::{Digest, Sha256};

use super::line::{Kind, Line};
use super::lines::Lines;
use super::ways::position;
use crate::request::{Label, Weeks};
use crate::round::Merged;
use crate::stage::Class;

impl Lines<'_> {
    /// The weight of an arc in one draw, 0 to 65,535: two bytes of its hash, the higher first.
    pub(super) fn weight(&self, line: &Line, draw: u8) -> i64 {
        let Some(hash) = self.hash(line) else { return 0 };
        let at = 2 * usize::from(draw);
        let [high, low] = [at, at + 1].map(|at| hash.get(at).copied().unwrap_or(0));
        i64::from(u16::from_be_bytes([high, low]))
    }

    /// What is drawn for an arc. Rooms and all that wishes send are drawn apart by who they are of;
    /// an intake follows from what goes into it and draws nothing.
    fn hash(&self, line: &Line) -> Option<[u8; 32]> {
        let (round, of) = (self.round, position(line.of));
        let need = round.gets.get(of);
        match line.kind {
            Kind::Give => Some(self.of_wish(*b"gG", round.gives.get(of)?)),
            Kind::Get(Class::Essential) => Some(self.of_wish(*b"eE", need?)),
            Kind::Get(Class::Other) | Kind::Feed => Some(self.of_wish(*b"nN", need?)),
            Kind::Spread => {
                let first = round.gives.get(position(round.give_spans.get(of)?.first))?;
                Some(self.of_lot(b'h', first, self.nodes.lot(line.head)))
            }
            Kind::Gather => {
                let first = round.gets.get(position(round.get_spans.get(of)?.first))?;
                Some(self.of_lot(b't', first, self.nodes.lot(line.tail)))
            }
            Kind::Owe => {
                let debt = round.debts.get(of)?;
                Some(self.of_pair(b'o', debt.giver, round.unit_label(debt.receiver)))
            }
            Kind::Floor(class) => {
                let (role, floor) = (if class == Class::Essential { b'f' } else { b'b' }, of);
                let floor = round.floors.get(floor)?;
                Some(self.of_pair(role, floor.unit, round.version_label(floor.version)))
            }
            Kind::Room => Some(self.of_pair(b'r', line.of, None)),
            Kind::Intake(_) => None,
        }
    }

    /// A unit and one more label.
    fn of_pair(&self, role: u8, unit: u32, other: Option<&Label>) -> [u8; 32] {
        let mut hash = self.begun(role);
        field(&mut hash, bytes(self.round.unit_label(unit)));
        hash.update(bytes(other));
        hash.finalize().into()
    }

    /// A wish, by its small letter and unit and version alone if it names neither area nor weeks,
    /// else by its capital and all that it names.
    fn of_wish(&self, [small, capital]: [u8; 2], wish: &Merged) -> [u8; 32] {
        if wish.area.is_none() && wish.weeks == Weeks::default() {
            return self.of_pair(small, wish.unit, self.round.version_label(wish.version));
        }
        let mut hash = self.begun(capital);
        self.add_wish(&mut hash, wish);
        hash.finalize().into()
    }

    /// The first wish of a span, and one of its lots.
    fn of_lot(&self, role: u8, first: &Merged, lot: u32) -> [u8; 32] {
        let mut hash = self.begun(role);
        self.add_wish(&mut hash, first);
        if let Some(lot) = self.round.lots.get(position(lot)) {
            field(&mut hash, self.path(lot.area));
            week(&mut hash, lot.week);
            for &unit in &lot.without {
                field(&mut hash, bytes(self.round.unit_label(unit)));
            }
        }
        hash.finalize().into()
    }

    fn add_wish(&self, hash: &mut Sha256, wish: &Merged) {
        field(hash, bytes(self.round.unit_label(wish.unit)));
        field(hash, bytes(self.round.version_label(wish.version)));
        field(hash, self.path(wish.area));
        week(hash, wish.weeks.from);
        week(hash, wish.weeks.until);
    }

    fn begun(&self, role: u8) -> Sha256 {
        let mut hash = Sha256::new_with_prefix(self.round.seed);
        hash.update([role]);
        hash
    }

    fn path(&self, area: Option<u32>) -> &[u8] {
        let area = area.and_then(|rank| self.round.areas.get(position(rank)));
        area.map_or(&[], |area| area.path().as_bytes())
    }
}

fn bytes(label: Option<&Label>) -> &[u8] {
    label.map_or(&[], |label| &label.0)
}

/// Adds bytes behind their number, so that no two lists of fields read the same.
fn field(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    hash.update(bytes);
}

fn week(hash: &mut Sha256, week: Option<u32>) {
    match week {
        Some(week) => field(hash, &week.to_be_bytes()),
        None => field(hash, &[]),
    }
}
