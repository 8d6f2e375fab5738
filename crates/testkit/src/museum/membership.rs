use federation::Act;
use federation::act::{Matter, RevokeKey, Signing};

use super::Case;
use crate::{member, phrases};

pub(super) const CASES: &[Case] = &[
    ("The bakery admits a member of the farm.", |mut stage| {
        let farmer = stage.scene.signer(stage.farm).person;
        stage.refuses(stage.bakery, phrases::admit_without_key(farmer))
    }),
    ("A member of a unit that is in takes up its row.", |mut stage| {
        let back = phrases::come_back(stage.unit(stage.farm));
        stage.refuses(stage.farm, back)
    }),
    ("The only member of a unit that left founds a new one.", |mut stage| {
        stage.scene.does(stage.farm, Act::Leave {});
        stage.refuses(stage.farm, phrases::new_unit("new farm"))
    }),
    ("A member takes a co-member's key out of use.", |mut stage| {
        let key = stage.second().key;
        stage.refuses(stage.bakery, Act::RevokeKey(RevokeKey { key }))
    }),
    ("A unit sets a rule of signing that it has.", |mut stage| {
        stage.refuses(stage.farm, phrases::signing(Matter::Offers, Signing::AnyMember))
    }),
    ("A newcomer joins under the name of a unit that is there.", |mut stage| {
        stage.refuses_person(member(1), phrases::join("Farm"))
    }),
];
