//! Whole things among units without room: only what goes round can pass.

use circuits::Request;

use crate::whole::{request, whole_seconds};

type Wishes = Vec<(u32, u32, i64)>;

/// Steps are worth one of these: they come out even in no other way than each by itself.
const WORTHS: [i64; 5] = [3607, 3613, 3617, 3623, 3631];

/// A round of units without room, with four versions of each worth.
struct Exchange {
    units: usize,
    offers: Wishes,
    needs: Wishes,
}

impl Exchange {
    fn drawn(units: u32, wishes: u32, seed: u32) -> Self {
        let mut last = seed;
        let mut draw = |below: u32| {
            last = last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (last >> 8) % below
        };
        let mut wish = |_| (draw(units), draw(20), i64::from(draw(5)) + 1);
        let [offers, needs] = [(); 2].map(|()| (0..wishes).map(&mut wish).collect());
        Self { units: units as usize, offers, needs }
    }

    fn request(&self, has: impl Fn(i64) -> bool) -> Request {
        let worth = |version: u32| WORTHS[version as usize % WORTHS.len()];
        let versions: Vec<_> = (0..20).map(|version| (worth(version), 0)).collect();
        let of = |wishes: &Wishes| -> Wishes {
            wishes.iter().copied().filter(|one| has(worth(one.1))).collect()
        };
        let rooms = vec![(0, 0); self.units];
        request(&rooms, &versions, &of(&self.offers), &of(&self.needs))
    }
}

#[test]
fn without_room_whole_things_of_each_worth_go_round_among_themselves() {
    let exchange = Exchange::drawn(120, 1200, 1);
    let (planned, whole) = whole_seconds(&exchange.request(|_| true));
    let alone = WORTHS.map(|worth| whole_seconds(&exchange.request(|one| one == worth)));
    // Alone, the flow is whole steps already, and the most that there can be.
    assert!(alone.iter().all(|(planned, whole)| planned == whole), "{alone:?}");
    let most: i128 = alone.iter().map(|(_, whole)| whole).sum();
    assert!(whole * 100 >= most * 93 && whole <= planned, "{whole} of {most}, {planned} planned");
}
