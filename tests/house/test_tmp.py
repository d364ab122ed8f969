import pytest
from tests import factories as f
from residents.registry.warnings import warnings_of
pytestmark=pytest.mark.django_db
def test_all():
    for make, status in [(f.draft,"draft"),(f.reported,"reported"),(f.verified,"verified"),(f.returned,"returned"),(f.held,"held"),(f.ended,"ended"),(f.overdue,"reported")]:
        r = make(); assert r.status==status; print(status, warnings_of(r)); assert r.placements.count()==1
    assert f.reported(f.FOREIGN_RT, family=True).no_kk==f.FAMILY_KK
    for make, status in [(f.letter_requested,"requested"),(f.letter_ready,"ready"),(f.letter_returned,"returned"),(f.letter_issued,"issued"),(f.letter_drawn,"issued"),(f.letter_revoked,"revoked")]:
        l = make(); assert l.status==status
    r=f.move(f.reported(), f.FOREIGN_RT, f.today()); print(list(r.placements.values()))
    for role in f.Role.values:
        u=f.user_as(role) if role not in("ketua_rt","lurah") else f.holder(role,f.area_for(role))
        assert f.client_of(u).get("/").status_code==200
    c=f.client_of(f.holder("ketua_rt",f.RT))
    x=c.post("/warga/tambah/", f.form_data()); print(x); assert x.status_code==302
    with f.on_day(f.date(2020,3,1)): assert f.today()==f.date(2020,3,1)
