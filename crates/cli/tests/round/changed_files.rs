//! A plan or certificate that was changed anywhere is refused, or comes to the same plan.

use crate::folder::Folder;

const CHECK: &str = "--offers offers.csv --needs needs.csv --units units.csv \
                     --plan plan.csv --certificate cert.json";

/// A round with several best plans before the tie-break, solved.
fn solved(name: &str) -> Folder {
    let folder = Folder::new(name);
    let table = |name: &str, heading: &str, rows: &[String]| {
        folder.write(name, format!("{heading}\n{}\n", rows.join("\n")));
    };
    let pairs = || (0..8).flat_map(|unit| (1..4).map(move |step| (unit, step)));
    let offer = |(u, step)| format!("u{u},s{},{}.5,0.5", (u + step) % 5, step + u % 3);
    let need = |(u, step)| format!("u{u},s{},{}.25", (u * 2 + step + 1) % 5, step + 1);
    let unit = |u| format!("u{u},{},3", u % 4);
    let offers: Vec<_> = pairs().map(offer).collect();
    table("offers.csv", "unit,specification,quantity,value_hours", &offers);
    table("needs.csv", "unit,specification,quantity", &pairs().map(need).collect::<Vec<_>>());
    table("units.csv", "unit,allowance_hours,ceiling_hours", &(0..8).map(unit).collect::<Vec<_>>());
    folder.round(&format!("solve {CHECK}")).printed();
    folder
}

/// The same numbers on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }

    /// The bytes with one byte changed, put in or taken out.
    fn change(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        let at = self.below(bytes.len());
        let byte = b"0123456789-,.u\"[]}\n \xff"[self.below(21)];
        match self.below(3) {
            0 => changed[at] = byte,
            1 => changed.insert(at, byte),
            _ => drop(changed.remove(at)),
        }
        changed
    }
}

#[test]
fn a_changed_plan_is_refused_with_the_first_line_that_differs() {
    let folder = solved("changed-plan");
    let plan = folder.read("plan.csv");
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    for _ in 0..600 {
        let changed = draw.change(&plan);
        folder.write("plan.csv", &changed);
        let done = folder.round(&format!("check {CHECK}"));
        if changed == plan {
            assert_eq!(done.code, Some(0));
        } else {
            assert_eq!(done.code, Some(1), "{}", done.err);
            assert!(done.err.starts_with("artel: the plan is wrong: plan.csv:"), "{}", done.err);
            assert!(done.err.contains("; expected "), "{}", done.err);
        }
    }
}

#[test]
fn a_changed_certificate_is_refused_or_proves_the_same_plan() {
    let folder = solved("changed-certificate");
    let proof = folder.read("cert.json");
    let mut draw = Draw(0x2545_f491_4f6c_dd1d);
    let mut refused = 0;
    for _ in 0..600 {
        folder.write("cert.json", draw.change(&proof));
        let done = folder.round(&format!("check {CHECK}"));
        // What is accepted proves plan.csv, which is compared byte by byte.
        match done.code {
            Some(0) => assert_eq!(done.err, ""),
            Some(1) => refused += 1,
            other => panic!("exit code {other:?}: {}", done.err),
        }
    }
    assert!(refused > 300, "only {refused} of 600 were refused");
}

#[test]
fn what_is_wrong_with_a_plan_is_said_by_name() {
    let folder = Folder::with_ring("said");
    let files = "--offers offers.csv --needs needs.csv --plan plan.csv --certificate cert.json";
    folder.round(&format!("solve {files}")).printed();
    let proof = folder.text("cert.json");
    let check = |changed: String| {
        folder.write("cert.json", changed);
        folder.round(&format!("check {files}")).err
    };
    let hours = "14400,14400,14400,14400,14400,14400";
    assert!(proof.contains(hours), "{proof}");
    assert_eq!(
        check(proof.replace(hours, "18000,14400,14400,14400,14400,14400")),
        "artel: the plan is wrong: `3600` seconds more go into `bread` than come out; expected as many\n"
    );
    assert_eq!(check(proof.replace(hours, "7200,7200,7200,7200,7200,7200")).lines().count(), 1);
    assert_eq!(
        check(proof.replace(hours, "99999,14400,14400,99999,14400,14400")),
        "artel: the plan is wrong: what `bakery` gives of `bread` carries `99999` seconds; expected 0 to 18000\n"
    );
    assert_eq!(
        check(proof.replace(hours, "18000,14400,14400,18000,14400,14400")),
        "artel: the plan is wrong: the room of `bakery` carries `3600` seconds; expected 0 to 0\n"
    );
    let said = check("{}".to_owned());
    assert!(said.starts_with("artel: the plan is wrong: cert.json: "), "{said}");
}
