from django.urls import path

from accounts.helpdesk.answer_views import TicketAnswer, TicketQueue
from accounts.helpdesk.views import TicketAdd, TicketDetail, TicketFileDownload, TicketList

urlpatterns = [
    path("bantuan/", TicketList.as_view(), name="ticket_list"),
    path("bantuan/tulis/", TicketAdd.as_view(), name="ticket_add"),
    path("bantuan/<int:pk>/", TicketDetail.as_view(), name="ticket_detail"),
    path("bantuan/berkas/<int:pk>/", TicketFileDownload.as_view(), name="ticket_file"),
    path("bantuan/jawab/", TicketQueue.as_view(), name="ticket_queue"),
    path("bantuan/jawab/<int:pk>/", TicketAnswer.as_view(), name="ticket_answer"),
]
