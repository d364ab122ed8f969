"""How forms look: what a reader, with eyes or a screen reader, is told of each field."""

from datetime import date

from django import forms
from django.template.loader import render_to_string

from wacat.forms import DateInput, DigitsInput, PhoneInput


class Sample(forms.Form):
    nik = forms.CharField(label="NIK", max_length=16, help_text="16 angka", widget=DigitsInput)
    phone = forms.CharField(label="Telepon", required=False, widget=PhoneInput)
    arrived_on = forms.DateField(label="Tiba", widget=DateInput)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=[("1", "Laki-laki")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Sudah dicocokkan")
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class Search(Sample):
    mark_optional = False


def test_help_and_error_are_tied_to_the_input() -> None:
    field = Sample({"nik": ""})["nik"].as_field_group()
    assert '<label class="form-label" for="id_nik">NIK</label>' in field
    assert 'aria-describedby="id_nik_helptext id_nik_error"' in field
    assert 'id="id_nik_helptext"' in field
    assert 'id="id_nik_error"' in field
    assert 'aria-invalid="true"' in field


def test_a_field_is_as_wide_as_what_belongs_inside() -> None:
    field = str(Sample()["nik"])
    assert 'class="form-control chars-16"' in field
    assert field.count("class=") == 1
    assert 'inputmode="numeric"' in field


def test_optional_fields_say_so_unless_the_form_is_a_search() -> None:
    assert "(boleh dikosongkan)" in Sample()["phone"].as_field_group()
    assert "(boleh dikosongkan)" not in Sample()["nik"].as_field_group()
    assert "(boleh dikosongkan)" not in Search()["phone"].as_field_group()


def test_dates_stay_iso_in_an_indonesian_page() -> None:
    field = str(Sample(initial={"arrived_on": date(2026, 11, 21)})["arrived_on"])
    assert 'type="date"' in field
    assert 'value="2026-11-21"' in field


def test_choices_stand_in_a_fieldset_with_its_error() -> None:
    field = Sample({})["sex"].as_field_group()
    assert '<fieldset class="field field-invalid" aria-describedby="id_sex_error">' in field
    assert '<legend class="form-label">Jenis kelamin</legend>' in field
    assert '<label class="form-check-label" for="id_sex_0">Laki-laki</label>' in field


def test_a_single_box_has_its_label_behind_it() -> None:
    field = Sample()["agree"].as_field_group()
    assert field.index("<input") < field.index("<label")


def test_a_password_can_be_shown_only_where_script_runs() -> None:
    assert 'data-password-toggle="id_password"' in str(Sample()["password"])
    assert "hidden>Tampilkan</button>" in str(Sample()["password"])


def test_a_form_draws_hidden_fields_once_and_bare() -> None:
    drawn = str(Sample(initial={"key": "k1"}))
    assert drawn.count('name="key"') == 1
    assert '<input type="hidden" name="key" value="k1" id="id_key">' in drawn


def test_the_summary_leads_to_each_field() -> None:
    form = Sample({})
    form.add_error(None, "Tidak cocok.")
    drawn = render_to_string("components/error_summary.html", {"form": form})
    assert 'href="#id_nik"' in drawn
    assert 'href="#id_sex_0"' in drawn
    assert "Tidak cocok." in drawn
    assert render_to_string("components/error_summary.html", {"form": Sample()}).strip() == ""
