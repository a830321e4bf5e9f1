"""The helpline's form: nothing leads to who sent it, the answer is for who has the code, and all is cleared in time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.crisis import making as desk
from tests.factories import make_actor
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.shelter import actions
from veerkracht.register.shelter.actions import contacts
from veerkracht.register.shelter.actions.contacts import Sent, answer_for
from veerkracht.register.shelter.models import ContactMessage
from veerkracht.register.shelter.queries.contacts import message, messages

pytestmark = pytest.mark.django_db
WORDS = "He took my keys and my phone"


def send(**facts) -> str:
    return actions.send_message(Sent(**{"kind": "blows", "sender": "me", "text": WORDS, **facts}))


def test_a_message_is_sealed_and_neither_database_nor_log_says_who_or_what(client):
    code = send(area="north", way_back="0470 12 34 56, only in the morning")
    row = ContactMessage.objects.values().get()
    assert [word for word in ("keys", "0470", code, code.replace("-", "")) if word in str(row)] == []
    entry = LogEntry.objects.get(object_type="contactmessage")
    assert (entry.user_id, entry.user_name, entry.detail) == (None, "contact form", {})


def test_whoever_has_the_code_reads_the_answer_and_nobody_learns_of_others(worker):
    code, _other = send(), send()
    assert (answer_for(code), answer_for("2345-2345-2345"), answer_for("")) == (
        (True, ""),
        (False, ""),
        (False, ""),
    )
    row = message(worker, ContactMessage.objects.order_by("pk").first().pk)
    assert (row.text, row.answer) == (WORDS, "")
    actions.answer_message(row.row, by=worker, text="Call us when you are alone.", version=0)
    assert answer_for(code.lower().replace("-", " ")) == (True, "Call us when you are alone.")
    with pytest.raises(Conflict, match="answered or cleared already"):
        actions.answer_message(row.row, by=worker, text="Again")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 4_001}, "text"),
        ({"way_back": "x" * 301}, "way_back"),
        ({"kind": "rain"}, "kind"),
        ({"sender": "him"}, "sender"),
        ({"area": "atlantis"}, "area"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(facts, field):
    with pytest.raises(Invalid) as found:
        send(**facts)
    assert (found.value.field, ContactMessage.objects.count()) == (field, 0)


def test_more_than_people_send_is_asked_to_call_instead(monkeypatch):
    monkeypatch.setattr(contacts, "MOST_A_MINUTE", 2)
    send()
    send()
    with pytest.raises(Conflict, match="Rather call"):
        send()
    assert ContactMessage.objects.count() == 2


def test_only_a_desk_reads_messages_and_pages_of_them_take_as_many_queries_whatever_their_number(
    worker, django_assert_num_queries
):
    send()
    with CaptureQueriesContext(connection) as for_one:
        assert len(messages(worker).rows) == 1
    send()
    send()
    with django_assert_num_queries(len(for_one)):
        assert len(messages(worker).rows) == 3
    first = messages(worker, size=2)
    rest = messages(worker, size=2, after=first.after)
    assert ([len(first.rows), len(rest.rows)], rest.after) == ([2, 1], "")
    for other in (make_actor("officer"), desk.of("House Elm vzw", "admission")):
        with pytest.raises(Refused):
            messages(other)
        with pytest.raises(Refused):
            message(other, ContactMessage.objects.first().pk)


def test_what_was_written_is_cleared_in_time_and_that_it_came_stays_counted():
    code = send()
    send()
    ContactMessage.objects.filter(pk=ContactMessage.objects.first().pk).update(
        received_at=ContactMessage.objects.first().received_at - timedelta(days=91)
    )
    assert actions.clear_messages(by=desk.COMMAND) == 1
    assert actions.clear_messages(by=desk.COMMAND) == 0
    assert (answer_for(code), ContactMessage.objects.count()) == ((False, ""), 2)
    with pytest.raises(Refused):
        actions.clear_messages(by=make_actor("officer"))
