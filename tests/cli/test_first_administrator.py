"""An empty instance gets its first administrator, who lets everyone else in."""

from tests.instance import Instance


def test_it_appoints_the_first_administrator_of_a_body(instance: Instance) -> None:
    said = instance.run("init", "--administrator", "pat@dur", "--body", "DUR").stdout
    assert "pat@dur is the administrator of DUR. The password, shown this once, is " in said
    refused = instance.run("check", "07700900123", "--as", "pat@dur", "--why", "a try", status=1)
    assert "Your role does not let you do this" in refused.stderr


def test_it_refuses_a_name_that_is_taken_and_a_body_that_is_not_there(instance: Instance) -> None:
    taken = instance.run("init", "--administrator", "admin@dur", "--body", "DUR", status=1)
    assert taken.stderr.strip() == "This username is taken. Choose another."
    unknown = instance.run("init", "--administrator", "pat@dur", "--body", "NOWHERE", status=1)
    assert unknown.stderr.strip() == "No body has the code 'NOWHERE'. Codes look like NORF or ERSOU."
