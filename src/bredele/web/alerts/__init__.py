"""Messages to the people who keep a site: queued with the fact they tell, sent by mail or webhook, tried again."""
