use crate::served::{Served, err};

#[test]
fn a_node_that_is_told_to_stop_ends_well_and_leaves_a_record_that_verifies() {
    let served = Served::valley();
    let (status, place) = served.stop();
    assert!(status.success(), "{status}");
    let copy = place.0.join("copy.sqlite");
    let export = |place: &crate::served::Place| {
        let mut command = place.artel();
        command.args(["export", "--data"]).arg(place.data()).arg("--to").arg(&copy);
        command.output().unwrap()
    };
    let exported = export(&place);
    assert!(exported.status.success(), "{}", err(&exported));
    let verified = place.artel().args(["record", "verify"]).arg(&copy).output().unwrap();
    assert!(verified.status.success(), "{}", err(&verified));
    assert_eq!(export(&place).status.code(), Some(1), "an export overwrites nothing");
}

#[test]
fn one_node_at_a_time_works_in_a_directory() {
    let served = Served::new();
    let mut second = served.place.artel();
    second.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(served.place.data());
    let refused = second.output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("a node works in"), "{}", err(&refused));
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let served = Served::valley();
    let doctor = |place: &crate::served::Place| {
        let mut command = place.artel();
        command.args(["doctor", "--json", "--data"]).arg(place.data());
        let output = command.output().unwrap();
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), said)
    };
    let (code, said) = doctor(&served.place);
    assert_eq!((code, &said["well"]), (Some(0), &true.into()), "{said:#}");
    let (_, place) = served.stop();
    let records = std::fs::read_dir(place.data().join("federations")).unwrap();
    let checkpoint = records
        .map(|file| file.unwrap().path())
        .find(|path| path.to_string_lossy().ends_with(".checkpoint"))
        .unwrap();
    std::fs::remove_file(checkpoint).unwrap();
    let (code, said) = doctor(&place);
    assert_eq!((code, &said["well"]), (Some(1), &false.into()));
    let wrong: Vec<_> =
        said["findings"].as_array().unwrap().iter().filter(|one| one["well"] == false).collect();
    assert_eq!(wrong.len(), 1, "{said:#}");
    assert!(wrong[0]["says"].as_str().unwrap().contains("put the file back"), "{said:#}");
}

#[test]
fn a_demonstration_is_acted_in_as_anybody() {
    let served = Served::demo();
    let status = served.json("rosa", &["status"]);
    assert_eq!((&status["demo"], &status["federations"]), (&true.into(), &1.into()));
    served.says("rosa", &["key", "act-as", "1"]);
    assert_eq!(served.json("rosa", &["key", "show"])["seats"][0]["person_number"], 1);
}
